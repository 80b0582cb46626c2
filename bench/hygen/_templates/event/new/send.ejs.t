---
inject: true
to: frontend/src/api/websocket.ts
before: '^  sendCancel\('
skip_if: 'send<%= h.changeCase.pascal(name) %>\('
eof_last: false
---
  send<%= h.changeCase.pascal(name) %>(scene: string): void {
    this.send('<%= name %>', { scene })
  }

