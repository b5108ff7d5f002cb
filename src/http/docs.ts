import { swaggerUI } from '@hono/swagger-ui'
import type { Env, Handler } from 'hono'
import { encodeBase64 } from 'hono/utils/encode'

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** The files of swagger-ui-dist are copied by dev/copy-swagger-ui.ts. */
const render = swaggerUI({
  url: '/openapi.json',
  baseUrl: '',
  title: 'Edgebook API',
  displayRequestDuration: true,
  tryItOutEnabled: true,
  filter: true,
})

const icon = '<link rel="icon" href="/swagger-ui-dist/favicon-32x32.png" />'
/** Corrects Swagger UI on narrow screens, so it comes last. */
const stylesheet = '<link rel="stylesheet" href="/ui.css" />'

/** Swagger UI from our own files. Its inline script gets a nonce: nothing else may run inline. */
export const docsPage: Handler<Env, string> = async (c, next) => {
  const page = (await render(c, next)) as Response
  const nonce = encodeBase64(crypto.getRandomValues(new Uint8Array(16)).buffer)
  const html = (await page.text())
    .replaceAll('<script>', `<script nonce="${nonce}">`)
    .replace('</head>', `${icon}</head>`)
    .replace('</body>', `${stylesheet}</body>`)
  c.header('Content-Security-Policy', policy(nonce))
  return c.html(html)
}
