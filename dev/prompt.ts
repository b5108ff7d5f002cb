import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { Failure } from './failure.ts'

/** Asks one question on the terminal; a hidden answer is not shown while it is typed. */
export function ask(question: string, options: { hidden?: boolean } = {}): Promise<string> {
  process.stdout.write(question)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({
    input: process.stdin,
    output: options.hidden === true ? nowhere : process.stdout,
    terminal: true,
  })
  return new Promise((resolve, reject) => {
    let answered = false
    terminal.once('line', (line) => {
      answered = true
      terminal.close()
      if (options.hidden === true) process.stdout.write('\n')
      resolve(line)
    })
    // Ctrl-C and Ctrl-D.
    terminal.once('close', () => {
      if (answered) return
      process.stdout.write('\n')
      reject(new Failure('Nothing was created.', 130))
    })
  })
}
