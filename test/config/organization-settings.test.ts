import { newKeyText, readConfig } from '../../src/config/index.js'

const read = (env: Readonly<Record<string, string>>) =>
  readConfig({ STEPGATE_KEYS: newKeyText(), ...env }).organizations

describe('settings of organizations', () => {
  it('lead invitations to a page of the public address by default', () => {
    expect(read({}).invitationUrl).toBe('http://localhost:4000/invitation')
    const url = 'https://app.example.com/join'
    expect(read({ STEPGATE_INVITATION_URL: url }).invitationUrl).toBe(url)
  })

  it.each(['192.0.2.1', '192.0.2.1:5353', '2001:db8::1', '[2001:db8::1]:5353', '127.0.0.1:53,192.0.2.1'])(
    'accept DNS servers such as %s',
    (servers) => {
      expect(read({ STEPGATE_DNS_SERVERS: servers }).dnsServers).toEqual(servers.split(','))
    },
  )

  it.each(['dns.example.com', '192.0.2.300', '192.0.2.1:0', '192.0.2.1:65536', '[192.0.2.1]', '2001:db8::1:x', '[::1'])(
    'accept no DNS server such as %s',
    (servers) => {
      expect(() => read({ STEPGATE_DNS_SERVERS: servers })).toThrow('STEPGATE_DNS_SERVERS')
    },
  )

  it('accept further public mail domains, in any case', () => {
    expect(read({ STEPGATE_PUBLIC_MAIL_DOMAINS: 'Mail.Test, other.test' }).publicMailDomains).toEqual([
      'mail.test',
      'other.test',
    ])
    expect(() => read({ STEPGATE_PUBLIC_MAIL_DOMAINS: 'not a domain' })).toThrow('STEPGATE_PUBLIC_MAIL_DOMAINS')
  })
})
