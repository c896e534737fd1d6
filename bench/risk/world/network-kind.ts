/** What is behind a network's addresses. `business` runs its own and lets no lines. */
export type NetworkKind = 'fixed' | 'mobile' | 'hosting' | 'business'

/** Guesses from the name of an autonomous system what it is for. */
export function networkKind(name: string): NetworkKind {
  if (HOSTING.test(name) || HYPERSCALE.test(name)) return 'hosting'
  if (BUSINESS.test(name)) return 'business'
  return MOBILE.test(name) ? 'mobile' : 'fixed'
}

/** Carriers whose name says neither: they serve phones, often from the same system as fixed lines. */
export const isMobileBrand = (name: string): boolean => BRAND.test(name)

/** The big clouds: where companies run programs, and VPN providers do not. */
export const isHyperscale = (name: string): boolean => HYPERSCALE.test(name)

const HOSTING =
  /hosting|hoster|hostr|hostp|\bhost\b|cloud(?!flare)|server|\bvps\b|data ?cent(er|re)|datacamp|\bcolo|\bovh\b|hetzner|digitalocean|linode|vultr|choopa|constant company|leaseweb|contabo|m247|scaleway|ionos|packethub|clouvider|zenlayer|iomart|worldstream|hydra communications|g-core|cdn77|xserver|sakura internet|alibaba|tencent/i
const HYPERSCALE = /amazon|google|microsoft|\bibm\b|oracle|aws\b/i
const BUSINESS =
  /universit|institut|academ|research|educat|school|college|hochschul|ministr|department|government|\bgov\b|defen[cs]e|\bdod\b|province of|state of|city of|county|bank|financ|insurance|assicura|hospital|\bnhs\b|health|pharma|motor|mercedes|volkswagen|siemens|apple inc|automobile|akamai|cloudflare|fastly|level 3|cogent|\bgtt\b|arelion|zayo|hurricane|renater|\bsurf\b|jisc|garr\b|sikt|\bwissenschaft|forderung|foerderung|rediris|consorci|electricit|television belge|verizon business|headquarters|dnic|t-systems|tietoevry|\bipxo\b|automatic data|consulting/i
const MOBILE =
  /mobile(?! de liban)|\bwireless (?!logic)|cellco|cellular|\bcelular|m[oó]vile?s|\bgsm\b|\blte\b|\b[345]g\b|\bthree\b|docomo|turkcell|aircel|jio infocomm|\bP4 sp|polkomtel|\btim s\/a|hutchison/i
const BRAND =
  /vodafone|telef[oó]nica|orange|t-mobile|telenor|telia|\bclaro\b|\btim\b|wind tre|telcel|at&t|verizon|softbank|kddi|airtel|optus|telstra|rogers|telus|bell|megafon|vimpel|\bmts\b|mtn\b|globacom|airtel|viettel|telkomsel|indosat|cosmote|kyivstar|digi\b|etisalat|\bdu\b|meo\b|nos\b|true\b|bouygues|ee limited|kpn|odido|a1\b|china mobile|unicom|personal/i
