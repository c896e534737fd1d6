import { describeAgent } from '../../src/kernel/describe-agent.js'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const WEB_VIEW = `${ANDROID.replace('; K', '; K; wv')} Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36`
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'

describe('the name of a device', () => {
  it.each([
    ['Chrome on iOS', `${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`],
    ['Firefox on iOS', `${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`],
    ['Edge on iOS', `${IPHONE} Version/17.0 EdgiOS/126.0.2592.56 Mobile/15E148 Safari/604.1`],
    ['Google app on iOS', `${IPHONE} GSA/320.0.643 Mobile/15E148 Safari/604.1`],
    ['Safari on iOS', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`],
    ['Opera Touch on iOS', `${IPHONE} OPT/4.6.0 Mobile/15E148`],
    ['Instagram on iOS', `${IPHONE} Mobile/15E148 Instagram 330.0.3.29.109 (iPhone14,5; iOS 17_5; en_US)`],
    ['Facebook on iOS', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/466.0.0.43.103;FBDV/iPhone14,5]`],
    ['WeChat on iOS', `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI`],
    ['Web view on iOS', `${IPHONE} Mobile/15E148`],
    ['Chrome on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36`],
    ['Edge on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36 EdgA/126.0.0.0`],
    ['Opera on Android', `${ANDROID} Chrome/126.0.0.0 Mobile Safari/537.36 OPR/82.0.0.0`],
    ['Samsung Internet on Android', `${ANDROID} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`],
    ['Firefox on Android', 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0'],
    ['Web view on Android', WEB_VIEW],
    ['Facebook on Android', `${WEB_VIEW} [FB_IAB/FB4A;FBAV/466.0.0.0.0;]`],
    ['LINE on Android', `${WEB_VIEW} Line/14.8.0/IAB`],
    ['TikTok on Android', `${WEB_VIEW} musical_ly_2023 BytedanceWebview/d8a21c6`],
    ['Edge on Windows', `${WINDOWS} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`],
    ['Electron on Windows', `${WINDOWS} MyApp/1.0.0 Chrome/126.0.0.0 Electron/31.0.1 Safari/537.36`],
    ['Safari on macOS', `${MAC} Version/17.5 Safari/605.1.15`],
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'],
    ['Firefox on Linux', 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'],
    [
      'Chrome on ChromeOS',
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36',
    ],
    ['iOS', 'MyApp/1 CFNetwork/1496 Darwin/23.5.0'],
    ['Unknown device', 'okhttp/4.12.0'],
    ['Unknown device', ''],
  ])('is %s for %s', (name, userAgent) => {
    expect(describeAgent({ userAgent })).toBe(name)
  })

  it('never contains text of the client', () => {
    for (const userAgent of [
      'Trusted/1.0',
      'ApprovedBrowser/1 (Your laptop)',
      `${WINDOWS} sAfArI/1 eVil/2`,
      'Dillo/1.0',
    ]) {
      expect(describeAgent({ userAgent })).toMatch(/^(?:Unknown device|Windows|Safari on Windows)$/)
    }
  })
})
