import { describe, expect, it } from 'vitest'
import { document, operations } from '../support/operations.ts'

const VERBS = [
  ...['Change', 'Check', 'Confirm', 'Create', 'Delete', 'Disable', 'Export', 'Get', 'Import'],
  ...['List', 'Log', 'Refresh', 'Reset', 'Restore', 'Revert', 'Revoke', 'Start', 'Update'],
  'Verify',
]

const texts = Object.values(document.paths)
  .flatMap((methods) => Object.values(methods))
  .map((operation) => ({
    id: String(operation['operationId']),
    summary: String(operation['summary']),
    description: String(operation['description'] ?? ''),
  }))

describe('An operation of the OpenAPI document', () => {
  it.each(texts)('has a summary in the imperative: $id', ({ summary }) => {
    const [verb] = summary.split(/\W/)
    expect(VERBS).toContain(verb)
    expect(summary).not.toMatch(/[?.]$|\b(I|my|me)\b/)
  })

  it.each(texts)('has a description of whole sentences: $id', ({ description }) => {
    expect(description).toMatch(/^[A-Z][^]*\.$/)
    expect(description).not.toMatch(/\?|\b(I|my)\b/)
  })

  it('has a summary of its own', () => {
    const summaries = texts.map(({ summary }) => summary)
    expect(summaries.filter((each, index) => summaries.indexOf(each) !== index)).toEqual([])
  })

  it.each(operations)('describes every parameter: $id', ({ parameters }) => {
    const undescribed = parameters.filter((each) => !('description' in each))
    expect(undescribed.map(({ name }) => name)).toEqual([])
  })
})
