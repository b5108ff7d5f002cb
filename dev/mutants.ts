import { parseSync } from 'vite'

/** One small change of a source, which tests should notice. */
export interface Mutant {
  line: number
  /** What is changed, for people. */
  change: string
  source: string
}

interface Node {
  type: string
  start: number
  end: number
  [field: string]: unknown
}

interface Edit {
  start: number
  end: number
  text: string
}

/** An operator, and those that replace it. */
const operatorLines = [
  ['<', '<=', '>='],
  ['<=', '<', '>'],
  ['>', '>=', '<='],
  ['>=', '>', '<'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
  ['??', '&&'],
  ['+', '-'],
  ['-', '+'],
  ['*', '/'],
  ['/', '*'],
  ['%', '*'],
  ['**', '*'],
  ['|', '&'],
  ['&', '|'],
  ['^', '&'],
  ['+=', '-='],
  ['-=', '+='],
  ['|=', '&='],
  ['??=', '='],
  ['++', '--'],
  ['--', '++'],
]
const operators = new Map(operatorLines.map(([operator = '', ...others]) => [operator, others]))

const methods = new Map([
  ['min', 'max'],
  ['max', 'min'],
  ['some', 'every'],
  ['every', 'some'],
  ['floor', 'ceil'],
  ['round', 'floor'],
  ['padStart', 'padEnd'],
  ['padEnd', 'padStart'],
  ['indexOf', 'lastIndexOf'],
  ['lastIndexOf', 'indexOf'],
  ['startsWith', 'endsWith'],
])

const parse = (code: string) => parseSync('mutant.ts', code).program as unknown as Node

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** Types, and names that are not expressions. */
const SKIPPED = /^(TS(?!AsExpression|NonNull|Satisfies)|Import|ObjectPattern|ArrayPattern)/

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((child): child is Node => isNode(child) && !SKIPPED.test(child.type))

const replaced = ({ start, end }: Node, text: string): Edit => ({ start, end, text })

/** The operator stands between the two operands; blanks and brackets may be around it. */
function operatorEdits(node: Node, code: string): Edit[] {
  const operator = node['operator'] as string
  const [from, to] = isNode(node['left'])
    ? [node['left'].end, (node['right'] as Node).start]
    : [node.start, node.end]
  const start = code.indexOf(operator, from)
  if (start < 0 || start >= to) return []
  return (operators.get(operator) ?? []).map((text) => ({
    start,
    end: start + operator.length,
    text,
  }))
}

function literalEdits(node: Node): Edit[] {
  const { raw, value } = node as unknown as { raw: string; value: unknown }
  if (typeof value === 'boolean') return [replaced(node, String(!value))]
  if (value === null && raw === 'null') return [replaced(node, 'undefined')]
  if (/^[\d_]+n?$/.test(raw))
    return [replaced(node, `(${raw} + ${raw.endsWith('n') ? '1n' : '1'})`)]
  return []
}

/** Statements whose removal leaves a program that compiles. */
const REMOVABLE = /^(Expression|Continue|Break|Throw)Statement$/

function editsOf(node: Node, code: string): Edit[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
    case 'UpdateExpression':
      return operatorEdits(node, code)
    case 'UnaryExpression':
      return /[!-]/.test(node['operator'] as string)
        ? [{ start: node.start, end: node.start + 1, text: '' }]
        : []
    case 'Literal':
      return literalEdits(node)
    case 'IfStatement':
    case 'ConditionalExpression':
      return ['true', 'false'].map((text) => replaced(node['test'] as Node, text))
    case 'WhileStatement':
    case 'ForStatement':
      return isNode(node['test']) ? [replaced(node['test'], 'false')] : []
    case 'ArrayExpression':
      return (node['elements'] as unknown[]).length > 0 ? [replaced(node, '[]')] : []
    case 'MemberExpression': {
      const property = node['property'] as Node
      const other = methods.get(String(property['name']))
      return other === undefined ? [] : [replaced(property, other)]
    }
    case 'ReturnStatement':
      return node['argument'] === null ? [replaced(node, ';')] : []
    default:
      return REMOVABLE.test(node.type) ? [replaced(node, ';')] : []
  }
}

/** Every mutant of a source in TypeScript, in its order. */
export function mutantsOf(code: string): Mutant[] {
  const found: Edit[] = []
  const visit = (node: Node) => {
    found.push(...editsOf(node, code))
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parse(code))
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ start, end, text }) => ({
      line: code.slice(0, start).split('\n').length,
      change: `${code.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 60)} → ${text || 'nothing'}`,
      source: code.slice(0, start) + text + code.slice(end),
    }))
}

/** The same source, whose loops end with an error before they run for ever. */
export function boundLoops(code: string): string {
  const insertions: [at: number, text: string][] = []
  const visit = (node: Node) => {
    const { body } = node
    if (/^(For|While|DoWhile)/.test(node.type) && isNode(body) && body.type === 'BlockStatement') {
      const name = `loops${node.start}`
      insertions.push(
        [node.start, `{ let ${name} = 0; `],
        [body.start + 1, `if (++${name} > 1_000_000) throw new Error('An endless loop');`],
        [node.end, '}'],
      )
    }
    for (const child of childrenOf(node)) visit(child)
  }
  visit(parse(code))
  return insertions
    .toSorted(([a], [b]) => b - a)
    .reduce((text, [at, inserted]) => text.slice(0, at) + inserted + text.slice(at), code)
}
