/**
 * The frame around the text of every mail. It has inline styles only, loads no images or other files, and follows the light
 * or dark mode of the mail program.
 */
export const LAYOUT = `<!doctype html>
<html lang="{{language}}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{{subject}}</title>
</head>
<body style="margin:0;padding:24px 16px;font:16px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div role="article" aria-label="{{subject}}" style="max-width:560px;margin:0 auto;padding:28px 32px;border:1px solid rgba(128,128,128,0.35);border-radius:12px">
<p style="margin:0 0 20px;font-size:14px;font-weight:600;opacity:0.7">{{service}}</p>
<h1 style="margin:0 0 20px;font-size:22px;line-height:1.3">{{subject}}</h1>
{{content}}
</div>
</body>
</html>
`
