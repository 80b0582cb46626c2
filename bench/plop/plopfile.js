const insertBefore = (path, pattern, template) => ({
  type: 'modify',
  path,
  pattern,
  template: `${template}$&`,
})

/** The five places of an event, by the lines that they stand above. */
export default function (plop) {
  plop.setGenerator('event', {
    description: 'a WebSocket event',
    prompts: [{ type: 'input', name: 'name', message: 'Name of the event' }],
    actions: [
      insertBefore(
        'cachibot/models/websocket.py',
        /^ {4}APPROVAL_NEEDED = /m,
        '    {{constantCase name}} = "{{name}}"\n',
      ),
      insertBefore(
        'cachibot/models/websocket.py',
        /^ {4}@classmethod\n {4}def usage\(/m,
        `    @classmethod
    def {{name}}(cls, scene: str) -> "WSMessage":
        """Create a {{name}} message."""
        return cls(type=WSMessageType.{{constantCase name}}, payload={"scene": scene})

`,
      ),
      insertBefore('frontend/src/types/index.ts', /^ {2}\| 'approval_needed'/m, "  | '{{name}}'\n"),
      insertBefore(
        'frontend/src/hooks/useWebSocket.ts',
        /^ {8}case 'approval_needed': \{/m,
        `        case '{{name}}': {
          const payload = msg.payload as { scene: string }
          console.info(payload.scene)
          break
        }

`,
      ),
      insertBefore(
        'frontend/src/api/websocket.ts',
        /^ {2}sendCancel\(/m,
        `  send{{pascalCase name}}(scene: string): void {
    this.send('{{name}}', { scene })
  }

`,
      ),
    ],
  })
}
