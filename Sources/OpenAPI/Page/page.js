// Shows openapi.json, which stands beside this page, and tries its calls.
'use strict'

const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children.filter(child => child !== null))
  return element
}
const follow = (api, value) =>
  value?.$ref ? value.$ref.slice(2).split('/').reduce((part, name) => part?.[name], api) : value

// A schema with its references in place, as deep as it helps.
const plain = (api, value, above = []) => {
  if (Array.isArray(value)) return value.map(item => plain(api, item, above))
  if (value === null || typeof value !== 'object') return value
  if (value.$ref) return above.includes(value.$ref) ? value : plain(api, follow(api, value), [...above, value.$ref])
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(api, part, above)]))
}

const sample = (api, given) => {
  const schema = follow(api, given) ?? {}
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if ('default' in schema) return schema.default
  if ('const' in schema) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf) return sample(api, schema.anyOf[0])
  if (type === 'object') {
    const needed = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name))
    return Object.fromEntries(needed.map(([name, part]) => [name, sample(api, part)]))
  }
  if (type === 'array') return [sample(api, schema.items)]
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 0, 0)
  if (type === 'boolean') return false
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000000'
  if (schema.format === 'date-time') return new Date().toISOString()
  return 'text'
}

const json = value => make('pre', { textContent: JSON.stringify(value, null, 2) })
const typeName = schema =>
  [[schema.type].flat().filter(Boolean).join(' or '), schema.format, schema.enum?.join(' | '),
    'minimum' in schema && schema.minimum > -1e15 ? `${schema.minimum} to ${schema.maximum}` : '',
    'minLength' in schema || 'maxLength' in schema ? `length ${schema.minLength ?? 0} to ${schema.maxLength ?? '…'}` : '',
    schema.pattern, 'default' in schema ? `default ${schema.default}` : '',
  ].filter(Boolean).join(', ')

const parameterTable = (api, parameters) =>
  make('table', {}, ...parameters.map(parameter =>
    make('tr', {}, make('td', {}, make('code', { textContent: parameter.name })),
      make('td', { textContent: parameter.in + (parameter.required ? ', required' : '') }),
      make('td', { textContent: `${typeName(follow(api, parameter.schema) ?? {})}. ${parameter.description ?? ''}` }))))

const answerTable = (api, responses) =>
  make('table', {}, ...Object.entries(responses).map(([status, given]) => {
    const response = follow(api, given)
    const schemas = Object.entries(response.content ?? {}).map(([type, content]) =>
      make('details', {}, make('summary', { textContent: type }), json(plain(api, content.schema))))
    return make('tr', {}, make('td', {}, make('code', { textContent: status })),
      make('td', {}, response.description, ...schemas))
  }))

const credentials = api => {
  const form = document.getElementById('credentials')
  for (const [name, scheme] of Object.entries(api.components.securitySchemes)) {
    const input = make('input', { name, type: 'password', autocomplete: 'off' })
    form.append(make('label', {}, `${name}: ${scheme.name ?? 'Authorization: Bearer …'} `, input))
  }
  form.onsubmit = event => event.preventDefault()
}

const credentialHeaders = api => {
  const headers = {}
  for (const input of document.getElementById('credentials').elements) {
    const scheme = api.components.securitySchemes[input.name]
    if (!input.value) continue
    if (scheme.type === 'http') headers.authorization = `Bearer ${input.value}`
    else headers[scheme.name] = input.value
  }
  return headers
}

// The URL is relative to the document, so that it also fits behind a proxy with a path of its own.
const send = async (api, method, path, fields, body) => {
  const headers = credentialHeaders(api)
  const query = new URLSearchParams()
  let url = path.slice(1)
  for (const { parameter, input } of fields) {
    if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, encodeURIComponent(input.value))
    else if (input.value === '') continue
    else if (parameter.in === 'header') headers[parameter.name] = input.value
    else query.append(parameter.name, input.value)
  }
  if (body) headers['content-type'] = 'application/json'
  if (query.size) url += `?${query}`
  const response = await fetch(url, { method: method.toUpperCase(), headers, body: body?.value, redirect: 'manual' })
  const text = await response.text()
  const shown = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  let content = text
  try { content = JSON.stringify(JSON.parse(text), null, 2) } catch { /* shown as it is */ }
  return `${response.status} ${response.statusText}\n${shown}\n\n${content}`
}

const trial = (api, method, path, operation) => {
  const fields = (operation.parameters ?? []).map(parameter => ({
    parameter, input: make('input', { placeholder: parameter.required ? 'required' : '' }),
  }))
  const content = operation.requestBody?.content?.['application/json']
  const body = content
    ? make('textarea', { value: JSON.stringify(sample(api, content.schema), null, 2), spellcheck: false }) : undefined
  const output = make('pre', { hidden: true })
  const form = make('form', {},
    ...fields.map(({ parameter, input }) => make('label', {}, `${parameter.name} `, input)),
    body ? make('label', {}, 'body ', body) : null, make('button', { textContent: 'Send' }), output)
  form.onsubmit = async event => {
    event.preventDefault()
    output.hidden = false
    output.textContent = '…'
    try { output.textContent = await send(api, method, path, fields, body) } catch (error) {
      output.textContent = String(error)
    }
  }
  return form
}

const details = (api, method, path, operation) => {
  const content = operation.requestBody?.content?.['application/json']
  const parameters = operation.parameters ?? []
  return [
    make('p', { textContent: operation.description ?? '' }),
    parameters.length ? parameterTable(api, parameters) : null,
    content ? make('h3', { textContent: 'Body' }) : null, content ? json(plain(api, content.schema)) : null,
    make('h3', { textContent: 'Answers' }), answerTable(api, operation.responses),
    make('h3', { textContent: 'Try it' }), trial(api, method, path, operation),
  ]
}

// What is inside is made when it is opened, so that a large document shows at once.
const item = (api, method, path, operation) => {
  const element = make('details', { className: 'operation' }, make('summary', {},
    make('span', { className: `method ${method}`, textContent: method.toUpperCase() }),
    make('span', { className: 'path', textContent: path }),
    make('span', { className: 'summary', textContent: operation.summary ?? '' })))
  element.dataset.words = `${method} ${path} ${operation.operationId}`.toLowerCase()
  element.addEventListener('toggle', () => {
    element.append(...details(api, method, path, operation).filter(Boolean))
  }, { once: true })
  return element
}

const show = api => {
  document.title = document.getElementById('title').textContent = `${api.info.title} ${api.info.version}`
  credentials(api)
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
  const main = document.getElementById('operations')
  for (const tag of api.tags) {
    const own = all.filter(({ operation }) => operation.tags?.includes(tag.name))
    if (own.length === 0) continue
    main.append(make('section', {}, make('h2', { textContent: tag.name }),
      make('p', { textContent: tag.description }),
      ...own.map(({ path, method, operation }) => item(api, method, path, operation))))
  }
  document.getElementById('filter').oninput = event => {
    const wanted = event.target.value.toLowerCase()
    for (const element of main.querySelectorAll('.operation')) {
      element.hidden = !element.dataset.words.includes(wanted)
    }
  }
}

fetch('openapi.json').then(response => response.json()).then(show).catch(error => {
  document.getElementById('operations').textContent = `openapi.json can't be shown: ${error}`
})
