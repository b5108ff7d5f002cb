import { methods, type Paths } from './openapi-types.ts'

type Path = Paths[string]

const tagOf = (path: Path) => methods.flatMap((method) => path[method]?.tags?.[0] ?? [])[0] ?? ''

/** Collections first, then single records, then everything else, each in the order of the routes. */
function rankOf(name: string, names: readonly string[]): number {
  if (names.includes(`${name}/{id}`)) return 0
  return name.endsWith('/{id}') ? 1 : 2
}

const inOrder = (path: Path): Path => {
  const present = methods.filter((method) => path[method] !== undefined)
  return Object.fromEntries(present.map((method) => [method, path[method]]))
}

/**
 * The operations in the order in which they are read, and can be tried: by tag; within a tag list,
 * create, read, change, delete, and then the special ones.
 */
export function sortPaths(paths: Paths, tags: readonly string[]): Paths {
  const names = Object.keys(paths)
  const keys = new Map(
    Object.entries(paths).map(([name, path]) => [
      name,
      tags.indexOf(tagOf(path)) * 10 + rankOf(name, names),
    ]),
  )
  const sorted = names.toSorted((one, other) => keys.get(one)! - keys.get(other)!)
  return Object.fromEntries(sorted.map((name) => [name, inOrder(paths[name]!)]))
}
