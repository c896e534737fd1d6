import { parseAddress } from '../../../src/networks/addresses/parse-address.js'

describe('parseAddress', () => {
  it.each([
    ['8.8.4.4', 'public', '4/8.8', '4/8.8.4'],
    ['::ffff:8.8.4.4', 'public', '4/8.8', '4/8.8.4'],
    ['::ffff:0808:0404', 'public', '4/8.8', '4/8.8.4'],
    ['10.1.2.3', 'private', '4/10.1', '4/10.1.2'],
    ['172.31.255.255', 'private', '4/172.31', '4/172.31.255'],
    ['172.32.0.1', 'public', '4/172.32', '4/172.32.0'],
    ['100.127.0.1', 'shared', '4/100.127', '4/100.127.0'],
    ['127.8.0.1', 'loopback', '4/127.8', '4/127.8.0'],
    ['169.254.0.9', 'link-local', '4/169.254', '4/169.254.0'],
    ['255.255.255.255', 'special', '4/255.255', '4/255.255.255'],
    ['2a02:8071:12::9', 'public', '6/2a02:8071', '6/2a02:8071:12'],
    ['2A02:8071:0012:0::9', 'public', '6/2a02:8071', '6/2a02:8071:12'],
    ['::1', 'loopback', '6/0:0', '6/0:0:0'],
    ['::', 'special', '6/0:0', '6/0:0:0'],
    ['fd00::1', 'private', '6/fd00:0', '6/fd00:0:0'],
    ['fe80::1%en0', 'link-local', '6/fe80:0', '6/fe80:0:0'],
  ])('reads %s as %s', (text, kind, network, subnet) => {
    expect(parseAddress(text)).toMatchObject({ kind, network, subnet })
  })

  it.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.4, 5.6.7.8', '01.2.3.4', ':::1', '8.8.8.8:443'])(
    'refuses %j',
    (text) => {
      expect(parseAddress(text)).toBeNull()
    },
  )
})
