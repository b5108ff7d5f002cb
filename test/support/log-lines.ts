import { vi } from 'vitest'

/** Everything that is logged from now on, instead of in the output of the test. */
export function collectLog(): string[] {
  const lines: string[] = []
  for (const level of ['info', 'warn', 'error', 'log', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts) => void lines.push(parts.join(' ')))
  }
  return lines
}
