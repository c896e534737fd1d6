import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

const root = new URL('../../', import.meta.url)
const LINK = /\]\(([^)#\s]*)(#[^)\s]*)?\)/g

describe('the links between pages', () => {
  it('lead to files and headings that exist', async () => {
    const broken = await Promise.all((await pages()).map(brokenLinks))
    expect(broken.flat()).toEqual([])
  })
})

async function pages(): Promise<readonly string[]> {
  const inDocs = await readdir(new URL('docs/', root), { recursive: true })
  return ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...inDocs.filter(isPage).map((name) => `docs/${name}`)]
}

async function brokenLinks(page: string): Promise<readonly string[]> {
  const text = await readFile(new URL(page, root), 'utf8')
  const links = [...text.matchAll(LINK)].filter(([, path = '']) => !/^[a-z]+:/.test(path))
  const checked = links.map(async ([link, path = '', heading = '']) => {
    const target = path === '' ? new URL(page, root) : new URL(path, new URL(page, root))
    return (await leadsSomewhere(target, heading.slice(1))) ? [] : [`${page}: ${link}`]
  })
  return (await Promise.all(checked)).flat()
}

async function leadsSomewhere(target: URL, heading: string): Promise<boolean> {
  if (!existsSync(target)) return false
  if (heading === '' || !isPage(target.pathname)) return true
  const headings = (await readFile(target, 'utf8')).matchAll(/^#+ (.*)$/gm)
  return [...headings].some(([, text = '']) => anchorOf(text) === heading)
}

const isPage = (name: string): boolean => name.endsWith('.md')

/** As GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\- ]/gu, '')
    .replaceAll(' ', '-')
