/** Commits a plan that a file holds: a whole run of the program but for the planning, for those that kill many. */
import { readFileSync } from 'node:fs'
import { nodeDisk } from '../../build/workspace/disk.js'
import { openTransaction } from '../../build/workspace/transaction.js'

const [root, plan] = process.argv.slice(2)
try {
  const transaction = openTransaction(nodeDisk, root, 'cachibot-ws add-event seat_taken')
  try {
    transaction.commit(JSON.parse(readFileSync(plan, 'utf8')), {
      edits: 'insertions',
      extensions: ['.py', '.ts', '.tsx'],
    })
  } finally {
    transaction.close()
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.exitCode ?? 5
}
