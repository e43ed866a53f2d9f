import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/support/closing-line.ts'

// `fast` runs before every commit; `slow` adds what starts real sandboxes for long, fuzzes, or attacks.
const shared = { testTimeout: 60_000, hookTimeout: 60_000, pool: 'forks' as const }

export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      { test: { ...shared, name: 'fast', include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['**/*.slow.test.ts'] } },
      { test: { ...shared, name: 'slow', testTimeout: 300_000, include: ['src/**/*.slow.test.ts', 'test/**/*.slow.test.ts'] } },
    ],
  },
})
