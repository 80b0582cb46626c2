import { defineConfig } from 'vitest/config'
export default defineConfig({ test: { include: ['test/forms/zz.test.ts'], testTimeout: 600000 } })
