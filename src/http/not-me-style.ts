/** The looks of the page "this was not me". */
export const NOT_ME_STYLE = `:root { color-scheme: light dark; --line: #d4d7dd; --ground: #f5f6f8; --sheet: #fff; --text: #1b1e24; --soft: #5a6270; --act: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --line: #343a45; --ground: #101216; --sheet: #191c22; --text: #eceef2; --soft: #a4acb9; --act: #c9372c; }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; padding: 6vh 16px; background: var(--ground); color: var(--text); font: 17px/1.55 system-ui, sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 32px; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; }
.service { margin: 0 0 20px; color: var(--soft); font-size: 15px; font-weight: 600; }
h1 { margin: 0 0 16px; font-size: 26px; line-height: 1.25; }
p { margin: 0 0 16px; }
ul, ol { margin: 0 0 20px; padding-left: 22px; }
li { margin: 6px 0; }
section { outline: none; }
button { width: 100%; padding: 14px 20px; border: 0; border-radius: 10px; background: var(--act); color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
button:focus-visible { outline: 3px solid currentColor; outline-offset: 3px; }
button:disabled { opacity: 0.6; cursor: default; }
[role='alert'] { margin: 16px 0 0; color: var(--act); font-weight: 600; }
[role='status'] { margin: 16px 0 0; color: var(--soft); }
@media (max-width: 480px) { main { padding: 24px 20px; } }
`
