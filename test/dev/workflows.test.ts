import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { checkWorkflows, findWorkflowIssues } from '../../dev/check/workflows.ts'
import { projectFolder } from '../../dev/project.ts'

const ci = readFileSync(path.join(projectFolder, '.github/workflows/ci.yml'), 'utf8')

it('The workflows of this project are pinned and have the least permissions', () => {
  expect(checkWorkflows()).toMatch(/^\d+ workflows$/)
})

it.each([
  ['a tag in the place of a commit', /@[0-9a-f]{40} # v5.0.0/, '@v5', 'is not pinned'],
  ['more permissions', 'contents: read', 'contents: write', 'its `permissions`'],
  [
    'all permissions',
    /permissions:\n {2}contents: read/,
    'permissions: write-all',
    'its `permissions`',
  ],
  ['no permissions', /permissions:\n {2}contents: read/, '', 'its `permissions`'],
  ['pull_request_target', 'pull_request:', 'pull_request_target:', 'pull_request_target'],
  [
    'a token that stays',
    'persist-credentials: false',
    'persist-credentials: true',
    'leaves its token',
  ],
  ['an expression in a script', 'run: npm ci', 'run: echo ${{ github.head_ref }}', 'an expression'],
  ['no timeout', 'timeout-minutes: 20', '', 'no timeout-minutes'],
  ['broken YAML', 'name: CI', 'name: [CI', ''],
])('The check finds %s in a workflow', (_, from, to, issue) => {
  expect(findWorkflowIssues(ci)).toEqual([])
  expect(findWorkflowIssues(ci.replace(from, to)).join('\n')).toContain(issue)
  expect(findWorkflowIssues(ci.replace(from, to))).not.toEqual([])
})
