/** A page's code for passkeys. It runs in the browser as it is, so it uses nothing from outside. */
export interface PagePasskeys {
  create(options: object): Promise<string>
  get(options: object): Promise<string>
  send(query: string, variables: object): Promise<string>
}

interface Credential {
  toJSON(): object
}

interface Browserly {
  passkeys: PagePasskeys
  readonly PublicKeyCredential: {
    parseCreationOptionsFromJSON(options: object): object
    parseRequestOptionsFromJSON(options: object): object
  }
  readonly navigator: {
    readonly credentials: {
      create(options: { publicKey: object }): Promise<Credential>
      get(options: { publicKey: object }): Promise<Credential>
    }
  }
}

export function passkeysInPage(): void {
  const page = globalThis as unknown as Browserly
  page.passkeys = {
    create: async (options) => {
      const publicKey = page.PublicKeyCredential.parseCreationOptionsFromJSON(options)
      return JSON.stringify(await page.navigator.credentials.create({ publicKey }))
    },
    get: async (options) => {
      const publicKey = page.PublicKeyCredential.parseRequestOptionsFromJSON(options)
      return JSON.stringify(await page.navigator.credentials.get({ publicKey }))
    },
    send: async (query, variables) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
      return response.text()
    },
  }
}
