import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { CliError } from './cli-error.ts'

/** Asks one question on the terminal; a hidden reply is not shown while it is typed. */
export function ask(question: string, options: { hidden?: boolean } = {}): Promise<string> {
  process.stdout.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({
    input: process.stdin,
    output: options.hidden === true ? nowhere : process.stdout,
    terminal: true,
  })
  return new Promise((resolve, reject) => {
    let replied = false
    terminal.once('line', (line) => {
      replied = true
      terminal.close()
      if (options.hidden === true) process.stdout.write('\n')
      resolve(line)
    })
    // Ctrl-C and Ctrl-D.
    terminal.once('close', () => {
      if (replied) return
      process.stdout.write('\n')
      reject(new CliError('Nothing was created.', 130))
    })
  })
}
