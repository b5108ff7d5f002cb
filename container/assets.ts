/** A static file, or where one has moved to, as Cloudflare serves it. */
export type Asset =
  | { file: string; type: string; etag: string; headers: Record<string, string> }
  | { redirect: string }

/** By path; container/asset-manifest.ts writes it when the server is built. */
export type Assets = Record<string, Asset>

/** The file that a request is for. Other methods than GET and HEAD are left to the API. */
export function findAsset(assets: Assets, method: string, path: string) {
  const asset = Object.hasOwn(assets, path) ? assets[path] : undefined
  if (asset === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
  return { respond: (request: Request, files: Fetcher) => respond(asset, request, files) }
}

async function respond(asset: Asset, request: Request, files: Fetcher): Promise<Response> {
  if ('redirect' in asset) {
    const location = asset.redirect + new URL(request.url).search
    return new Response(null, { status: 307, headers: { Location: location } })
  }
  const headers = new Headers({
    ...asset.headers,
    'Cache-Control': 'public, max-age=0, must-revalidate',
    'Content-Type': asset.type,
    ETag: `"${asset.etag}"`,
  })
  const known = request.headers.get('If-None-Match')?.split(',') ?? []
  if (known.some((each) => each.trim().replace(/^W\//, '') === `"${asset.etag}"`)) {
    return new Response(null, { status: 304, headers })
  }
  const file = await files.fetch(`http://files${asset.file}`, { method: request.method })
  const length = file.headers.get('Content-Length')
  if (length !== null) headers.set('Content-Length', length)
  return new Response(file.body, { status: file.status, headers })
}
