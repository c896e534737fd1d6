// The script of the page “This wasn’t me”.
const MUTATION = 'mutation ReportNotMe($input: ReportNotMeInput!) { reportNotMe(input: $input) { reported } }'
const token = new URLSearchParams(location.hash.slice(1)).get('token')

/** @param {string} id */
function find(id) {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no ${id}`)
  return found
}

const button = /** @type {HTMLButtonElement} */ (find('report'))

// Removes the token from the address bar and the history.
history.replaceState(null, '', location.pathname)
show(token ? 'ask' : 'gone')
button.addEventListener('click', () => void report())

/** @param {string} id */
function show(id) {
  for (const each of ['ask', 'done', 'gone']) find(each).hidden = each !== id
  if (id !== 'ask') find(id).focus()
}

async function report() {
  for (const each of ['failed', 'slow']) find(each).hidden = true
  button.disabled = true
  find('busy').hidden = false
  const outcome = await send().catch(() => 'failed')
  find('busy').hidden = true
  button.disabled = false
  if (outcome === 'done' || outcome === 'gone') return show(outcome)
  find(outcome).hidden = false
}

/** @returns {Promise<'done' | 'gone' | 'slow' | 'failed'>} */
async function send() {
  const response = await fetch('/graphql', {
    method: 'POST',
    // The report needs no session, so no cookie is sent.
    credentials: 'omit',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ operationName: 'ReportNotMe', query: MUTATION, variables: { input: { token } } }),
  })
  const { data, errors = [] } = await response.json()
  if (data?.reportNotMe) return 'done'
  const code = errors[0]?.extensions?.code
  if (code === 'BAD_USER_INPUT') return 'gone'
  return code === 'RATE_LIMITED' ? 'slow' : 'failed'
}
