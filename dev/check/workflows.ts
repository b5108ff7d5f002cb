import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseDocument } from 'yaml'
import { CliError } from '../cli-error.ts'
import { projectFolder } from '../project.ts'

const FOLDER = path.join(projectFolder, '.github', 'workflows')
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/

interface Step {
  uses?: unknown
  run?: unknown
  with?: Record<string, unknown>
}
interface Workflow {
  on?: unknown
  permissions?: unknown
  jobs?: Record<string, { permissions?: unknown; 'timeout-minutes'?: unknown; steps?: Step[] }>
}

/** What is wrong with a workflow: what GitHub would not run, and what is not safe to run. */
export function findWorkflowIssues(text: string): string[] {
  const document = parseDocument(text)
  if (document.errors.length > 0) return document.errors.map(({ message }) => message)
  const workflow = document.toJS() as Workflow | null
  const jobs = Object.entries(workflow?.jobs ?? {})
  const issues: string[] = []
  const mustHold = (holds: boolean, issue: string) => holds || issues.push(issue)
  mustHold(workflow?.on !== undefined, 'it has no `on`')
  mustHold(jobs.length > 0, 'it has no jobs')
  const permissions = JSON.stringify(workflow?.permissions)
  mustHold(
    permissions === '{}' || permissions === '{"contents":"read"}',
    'its `permissions` must be {} or contents: read; a job may have more',
  )
  mustHold(
    !JSON.stringify(workflow?.on ?? '').includes('pull_request_target'),
    'pull_request_target',
  )
  for (const [name, job] of jobs) {
    mustHold(typeof job['timeout-minutes'] === 'number', `${name} has no timeout-minutes`)
    mustHold(job.permissions !== 'write-all', `${name} may do everything`)
    mustHold((job.steps ?? []).length > 0, `${name} has no steps`)
    for (const step of job.steps ?? []) issues.push(...findStepIssues(name, step))
  }
  return issues
}

function findStepIssues(job: string, { uses, run, with: inputs }: Step): string[] {
  const issues: string[] = []
  if ((uses === undefined) === (run === undefined))
    issues.push(`a step of ${job} needs uses or run`)
  if (typeof uses === 'string' && !PINNED.test(uses)) {
    issues.push(`${uses} is not pinned by the hash of a commit`)
  }
  if (String(uses).startsWith('actions/checkout@') && inputs?.['persist-credentials'] !== false) {
    issues.push(`the checkout of ${job} leaves its token behind: persist-credentials: false`)
  }
  // A value that others choose would become part of the script.
  if (typeof run === 'string' && run.includes('${{')) {
    issues.push(`a script of ${job} has an expression: pass it as an environment variable`)
  }
  return issues
}

/** Checks every workflow. @throws CliError with the issues */
export function checkWorkflows(): string {
  const files = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name))
  const issues = files.flatMap((file) =>
    findWorkflowIssues(readFileSync(path.join(FOLDER, file), 'utf8')).map(
      (issue) => `.github/workflows/${file}: ${issue}`,
    ),
  )
  if (issues.length > 0) throw new CliError(issues.join('\n'))
  return `${files.length} workflows`
}
