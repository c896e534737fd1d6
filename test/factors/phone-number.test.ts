import { maskedNumber, phoneNumberReader } from '../../src/factors/sms/phone-number.js'

const read = phoneNumberReader(null)

describe('a phone number', () => {
  it.each([
    '+12025550123',
    '+1 202 555 0123',
    '+1 (202) 555-0123',
    '  +1-202-555-0123  ',
    '+1.202.555.0123',
    '+1/202/555/0123',
    '＋１ ２０２ ５５５ ０１２３',
    '+1\u00a0202\u00a0555\u00a00123',
    '+1\u2011202\u2013555\u22120123',
    '+1 2 0 2 5 5 5 0 1 2 3',
    'tel:+1-202-555-0123',
    'TEL:+12025550123',
    '\u200f+12025550123\u200f',
    '\u202a+1 202 555 0123\u202c',
    '\u2066+1 202\u2069 555 0123',
    '+1202\u200b5550123',
    '+1202\u00ad5550123',
    '\ufeff+12025550123',
    '+١٢٠٢٥٥٥٠١٢٣',
    '+۱۲۰۲۵۵۵۰۱۲۳',
    '+१२०२५५५०१२३',
    '+𝟏𝟐𝟎𝟐𝟓𝟓𝟓𝟎𝟏𝟐𝟑',
  ])('is the same number written as %j', (written) => {
    expect(read(written)).toEqual({ e164: '+12025550123', callingCode: '+1' })
  })

  it.each([
    ['+49 (0)1512 3456789', '+4915123456789'],
    ['+44 7400 123456', '+447400123456'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['+55 11 98765-4321', '+5511987654321'],
  ])('is accepted in other countries: %s', (written, e164) => {
    expect(read(written)?.e164).toBe(e164)
  })

  it('is accepted without its country where a default is set, and refused where none is', () => {
    const german = phoneNumberReader('DE')
    expect(german('0151 23456789')?.e164).toBe('+4915123456789')
    expect(german('+1 202 555 0123')?.e164).toBe('+12025550123')
    expect(read('0151 23456789')).toBeNull()
    expect(read('2025550123')).toBeNull()
  })

  it('stops the start when the default is not a country', () => {
    for (const region of ['XX', 'UK', 'de', '']) expect(() => phoneNumberReader(region)).toThrow('default region')
  })

  it('shows its owner the country and two digits', () => {
    expect(maskedNumber({ e164: '+12025550167', callingCode: '+1' })).toBe('+1 ••• ••67')
  })
})

describe('a number that must not receive text messages is refused:', () => {
  it.each([
    ['a landline', '+442071838750'],
    ['a toll-free number', '+18005550123'],
    ['a premium number', '+19005550123'],
    ['a shared-cost number', '+491801234567'],
    ['a forwarded number', '+447012345678'],
    ['a satellite', '+881612345678'],
    ['an international premium number', '+979123456789'],
    ['a number of no network', '+15550100123'],
    ['a number that is too short', '+1202555012'],
    ['a number that is too long', '+120255501234'],
    ['an invalid country', '+999123456789'],
  ])('%s', (_, written) => {
    expect(read(written)).toBeNull()
  })
})
