---
inject: true
to: frontend/src/types/index.ts
before: "^  \\| 'approval_needed'"
skip_if: "\\| '<%= name %>'"
eof_last: false
---
  | '<%= name %>'
