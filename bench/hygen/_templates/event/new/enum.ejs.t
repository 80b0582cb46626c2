---
inject: true
to: cachibot/models/websocket.py
before: '^    APPROVAL_NEEDED = '
skip_if: '= "<%= name %>"'
eof_last: false
---
    <%= name.toUpperCase() %> = "<%= name %>"
