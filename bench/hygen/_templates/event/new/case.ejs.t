---
inject: true
to: frontend/src/hooks/useWebSocket.ts
before: "^        case 'approval_needed': {"
skip_if: "case '<%= name %>'"
eof_last: false
---
        case '<%= name %>': {
          const payload = msg.payload as { scene: string }
          console.info(payload.scene)
          break
        }

