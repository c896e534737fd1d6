import { parseAgent } from '../../src/risk/parse-agent.js'
import { CHROME, FIREFOX, IPHONE, type originOf } from './facts.js'

const agent = (userAgent: string, hints: Partial<ReturnType<typeof originOf>['clientHints']> = {}) =>
  parseAgent({ userAgent, clientHints: { brands: '', mobile: '', platform: '', ...hints } })

describe('parseAgent', () => {
  it.each([
    [CHROME, { system: 'Windows|desktop||', browser: 'Chrome|', major: 130 }],
    [FIREFOX, { system: 'Windows|desktop||', browser: 'Firefox|', major: 132 }],
    [IPHONE, { system: 'iOS|mobile||', browser: 'Mobile Safari|', major: 18 }],
    ['curl/8.5.0', { system: '|desktop||', browser: 'curl|', major: 8 }],
    ['', { system: '|desktop||', browser: '|', major: null }],
    ['toString/99999999999999999999', { system: '|desktop||', browser: 'toString|', major: null }],
  ])('reduces %s', (userAgent, expected) => {
    expect(agent(userAgent)).toEqual(expected)
  })

  it.each([
    ['"Chromium";v="130", "Google Chrome";v="130", "Not?A_Brand";v="99"', 'Chrome|Google Chrome'],
    ['"Not/A)Brand";v="8", "Google Chrome";v="131", "Chromium";v="131"', 'Chrome|Google Chrome'],
    ['"Brave";v="130", "Chromium";v="130", " Not A;Brand";v="99"', 'Chrome|Brave'],
    ['"Chromium";v="130"', 'Chrome|Chromium'],
  ])('finds the brand in %s', (brands, browser) => {
    expect(agent(CHROME, { brands }).browser).toBe(browser)
  })

  it('keeps the platform the hints name', () => {
    expect(agent(CHROME, { platform: '"Windows"', mobile: '?0' }).system).toBe('Windows|desktop|Windows|?0')
  })
})
