---
inject: true
to: cachibot/models/websocket.py
before: "    @classmethod\n    def usage\\("
skip_if: 'def <%= name %>\('
eof_last: false
---
    @classmethod
    def <%= name %>(cls, scene: str) -> "WSMessage":
        """Create a <%= name %> message."""
        return cls(type=WSMessageType.<%= name.toUpperCase() %>, payload={"scene": scene})

