/**
 * Makes a Postman collection from an OpenAPI document, as Postman's import does, and sends its requests in order,
 * with the examples unchanged. Prints the status and the problem of each as JSON.
 *
 * Usage: node run.mjs <openapi.json> <url>
 */
import { readFileSync } from 'node:fs'
import newman from 'newman'
import { convertV2 } from 'openapi-to-postmanv2'

const [, , file, url] = process.argv

/** A person pastes the access token of the latest login into the collection. */
const rememberToken = {
  listen: 'test',
  script: {
    exec: [
      'let body = {}',
      'try { body = pm.response.json() } catch {}',
      "if (body.access_token) pm.collectionVariables.set('bearerToken', body.access_token)",
    ],
  },
}

const convert = (data) =>
  new Promise((resolve, reject) => {
    const options = {
      parametersResolution: 'Example',
      enableOptionalParameters: false,
      folderStrategy: 'Tags',
    }
    convertV2({ type: 'string', data }, options, (error, { result, reason, output } = {}) => {
      if (error || !result) reject(error ?? new Error(reason))
      else resolve(output[0].data)
    })
  })

/** The code of a problem, or why the request was not sent. */
function problemOf(response, error) {
  if (!response) return String(error)
  try {
    return response.json().code
  } catch {
    return undefined
  }
}

const collection = await convert(readFileSync(file, 'utf8'))
collection.event = [...(collection.event ?? []), rememberToken]

const options = { collection, envVar: [{ key: 'baseUrl', value: url }], reporters: [] }
newman.run(options, (error, summary) => {
  if (error) throw error
  const results = summary.run.executions.map(({ item, response, requestError }) => ({
    name: item.name,
    status: response?.code,
    problem: problemOf(response, requestError),
  }))
  process.stdout.write(JSON.stringify(results))
})
