// Made from templates/ by generate-templates.ts; a test compares. Change the .liquid files instead.
import type { TemplateSource } from './template-source.ts';

export const layout = {
  html: `{%- if dir == 'rtl' -%}{%- assign start = 'right' -%}{%- else -%}{%- assign start = 'left' -%}{%- endif -%}
<!doctype html>
<html lang="{{ lang }}" dir="{{ dir }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>{{ subject }}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings xmlns:o="urn:schemas-microsoft-com:office:office"><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; width: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
table { border-collapse: separate; border-spacing: 0; }
a:focus-visible { outline: 2px solid #1f4d3f; outline-offset: 2px; }
.title { text-wrap: balance; }
@media (max-width: 480px) {
  .outer { padding: 0 !important; }
  .card { border-radius: 0 !important; }
  .pad { padding-left: 24px !important; padding-right: 24px !important; }
  .title { font-size: 29px !important; line-height: 35px !important; }
  .button a { display: block !important; text-align: center !important; }
  .button table { width: 100% !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #12150f !important; }
  .card { background-color: #1c211b !important; }
  .hero { background-color: #24392f !important; }
  .ticket { background-color: #2b2a1c !important; border-color: #b9a26a !important; }
  .rule { border-color: #333a31 !important; }
  .ink, .ink a { color: #ece8df !important; }
  .soft, .soft a { color: #b3ada0 !important; }
  .kicker { color: #a5cdb9 !important; }
  .gold { color: #e3cd93 !important; }
  .button td { background-color: #a9d5c0 !important; }
  .button a { color: #10241b !important; border-color: #a9d5c0 !important; }
}
[data-ogsb] .page { background-color: #12150f !important; }
[data-ogsb] .card { background-color: #1c211b !important; }
[data-ogsb] .hero { background-color: #24392f !important; }
[data-ogsb] .ticket { background-color: #2b2a1c !important; }
[data-ogsb] .button td { background-color: #a9d5c0 !important; }
[data-ogsc] .ink, [data-ogsc] .ink a { color: #ece8df !important; }
[data-ogsc] .soft, [data-ogsc] .soft a { color: #b3ada0 !important; }
[data-ogsc] .kicker { color: #a5cdb9 !important; }
[data-ogsc] .gold { color: #e3cd93 !important; }
[data-ogsc] .button a { color: #10241b !important; border-color: #a9d5c0 !important; }
</style>
</head>
<body class="page" style="margin:0; padding:0; background-color:#f2eee5;">
<div style="display:none; font-size:1px; line-height:1px; max-height:0; max-width:0; opacity:0; overflow:hidden; mso-hide:all;">{{ preheader }}&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%; background-color:#f2eee5;">
<tr>
<td class="outer" align="center" style="padding:32px 12px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%; max-width:600px; table-layout:fixed;">
<tr>
<td class="pad ink" align="center" style="padding:20px 40px 22px; font-family:Georgia,'Times New Roman',serif; font-size:20px; line-height:26px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
{%- if store.url -%}
<a href="{{ store.url }}" style="color:#2b2722; text-decoration:none;"><bdi>{{ store.name }}</bdi></a>
{%- else -%}
<bdi>{{ store.name }}</bdi>
{%- endif -%}
</td>
</tr>
<tr>
<td class="card" align="{{ start }}" style="background-color:#fffdf8; border-radius:14px; overflow:hidden;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%; table-layout:fixed;">
{{ content | raw }}
</table>
</td>
</tr>
<tr>
<td class="pad soft" align="{{ start }}" style="padding:26px 40px 36px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:13px; line-height:20px; color:#655d52; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 12px;">{{ because }}<br><a href="{{ unsubscribeUrl }}" style="color:#655d52; text-decoration:underline;">{{ unsubscribe }}</a>{% if preferencesUrl %} &middot; <a href="{{ preferencesUrl }}" style="color:#655d52; text-decoration:underline;">{{ preferences }}</a>{% endif %}</p>
<p style="margin:0;"><bdi>{{ store.name }}</bdi>
{%- for line in store.postal -%}<br><bdi>{{ line }}</bdi>{%- endfor -%}
{%- if store.url -%}<br><a href="{{ store.url }}" style="color:#655d52; text-decoration:underline;">{{ store.site }}</a>{%- endif -%}
</p>
</td>
</tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td>
</tr>
</table>
</body>
</html>
`,
  text: `{{ content }}

----------------------------------------
{{ because }}
{% if preferencesUrl %}{{ preferences }}: {{ preferencesUrl }}
{% endif %}{{ unsubscribe }}: {{ unsubscribeUrl }}

{{ store.name }}
{% for line in store.postal %}{{ line }}
{% endfor %}{% if store.url %}{{ store.url }}
{% endif %}
`,
};

export const parts: Record<string, string> = {
  button: `<div class="button" style="padding:10px 0 6px;">
<table role="presentation" cellpadding="0" cellspacing="0" border="0">
<tr>
<td bgcolor="#1f4d3f" style="background-color:#1f4d3f; border-radius:8px;">
<a href="{{ href }}" style="display:inline-block; padding:13px 26px; border:1px solid #1f4d3f; border-radius:8px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:16px; line-height:22px; font-weight:600; color:#ffffff; text-decoration:none; mso-padding-alt:0;"><!--[if mso]><i style="mso-font-width:200%; mso-text-raise:20pt;" hidden>&emsp;</i><![endif]--><span style="mso-text-raise:10pt;">{{ label }}</span><!--[if mso]><i style="mso-font-width:200%;" hidden>&emsp;&#8203;</i><![endif]--></a>
</td>
</tr>
</table>
</div>
`,
  hero: `<tr>
<td class="hero pad" style="padding:38px 40px 34px; background-color:#dfe9df; overflow-wrap:anywhere; word-break:break-word;">
<p class="kicker" style="margin:0 0 12px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:13px; line-height:18px; font-weight:600; letter-spacing:.04em; color:#2c6350;">{{ kicker }}</p>
<h1 class="title ink" style="margin:0; font-family:Georgia,'Times New Roman',serif; font-size:34px; line-height:41px; font-weight:normal; color:#2b2722;">{{ title }}</h1>
</td>
</tr>
`,
  ticket: `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%; table-layout:fixed; margin:6px 0 24px;">
<tr>
<td class="ticket" align="center" style="padding:22px 18px 24px; background-color:#fbf4e0; border:2px dashed #b08d3c; border-radius:10px; overflow-wrap:anywhere; word-break:break-word;">
<p class="soft" style="margin:0 0 8px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:14px; line-height:20px; color:#655d52;">{{ caption }}</p>
<p class="gold" style="margin:0; font-family:'SFMono-Regular',Menlo,Consolas,'Courier New',monospace; font-size:26px; line-height:34px; font-weight:700; letter-spacing:.06em; color:#6d4f0c;"><bdi dir="ltr">{{ code }}</bdi></p>
</td>
</tr>
</table>
`,
};

export const templates = {
  'consent/please-confirm': {
    reward: 'none',
    lang: `en`,
    subject: `Please confirm your e-mail address`,
    preheader: `One click, and it is settled.`,
    because: `You get this mail because this address was given to {{ store.name }} for its news by e-mail. Without your confirmation nothing more is sent.`,
    unsubscribe: `This was not me`,
    html: `{% render hero kicker: 'One last step', title: 'Was it you?' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">somebody, we hope it was you, asked for e-mail from <bdi>{{ store.name }}</bdi> at this address. Please confirm that on the page behind this button. The link works for seven days.</p>
{% render button href: confirmUrl, label: 'Yes, it was me' %}
<p style="margin:18px 0 0;">If it was not you, do nothing. You will not hear from us again.</p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

somebody, we hope it was you, asked for e-mail from {{ store.name }} at this address. Please confirm that on this page. The link works for seven days.

{{ confirmUrl }}

If it was not you, do nothing. You will not hear from us again.
`,
  },
  'consent/please-confirm-de': {
    reward: 'none',
    lang: `de`,
    subject: `Bitte bestätigen Sie Ihre E-Mail-Adresse`,
    preheader: `Ein Klick, dann ist es erledigt.`,
    because: `Sie erhalten diese Mail, weil diese Adresse bei {{ store.name }} für Neuigkeiten per E-Mail angegeben wurde. Ohne Ihre Bestätigung wird nichts weiter verschickt.`,
    unsubscribe: `Das war ich nicht`,
    html: `{% render hero kicker: 'Ein letzter Schritt', title: 'Waren Sie das?' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Guten Tag{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">jemand, hoffentlich Sie selbst, hat für diese Adresse E-Mails von <bdi>{{ store.name }}</bdi> bestellt. Bitte bestätigen Sie das auf der Seite hinter diesem Knopf. Der Link gilt sieben Tage.</p>
{% render button href: confirmUrl, label: 'Ja, das war ich' %}
<p style="margin:18px 0 0;">Wenn Sie es nicht waren, tun Sie nichts. Sie hören dann nicht wieder von uns.</p>
</td>
</tr>
`,
    text: `Guten Tag{% if firstName %} {{ firstName }}{% endif %},

jemand, hoffentlich Sie selbst, hat für diese Adresse E-Mails von {{ store.name }} bestellt. Bitte bestätigen Sie das auf der Seite hinter diesem Link. Der Link gilt sieben Tage.

{{ confirmUrl }}

Wenn Sie es nicht waren, tun Sie nichts. Sie hören dann nicht wieder von uns.
`,
  },
  'lead-nurture/good-to-have-you': {
    reward: 'none',
    lang: `en`,
    subject: `{% if firstName %}Good to have you here, {{ firstName }}{% else %}Good to have you here{% endif %}`,
    preheader: `What you can expect from us, and a good place to start.`,
    because: `You get this mail because you asked {{ store.name }} for news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'Welcome in', title: 'Good to have you here' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">Thank you for signing up. Here is what you can expect: a note when something new arrives, when something much missed is back, and now and then a story from behind the counter. When there is nothing to tell, you hear nothing.</p>
<p style="margin:0 0 18px;">New here? Take your time and look round. Nothing is urgent.</p>
{% if store.url %}{% render button href: store.url, label: 'Have a look round' %}{% endif %}
{% if store.answers %}<p style="margin:22px 0 0;">Not sure what would suit you? Reply to this mail and say what you are looking for. We read every answer, and we like being asked.</p>{% endif %}
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

Thank you for signing up. Here is what you can expect: a note when something new arrives, when something much missed is back, and now and then a story from behind the counter. When there is nothing to tell, you hear nothing.

New here? Take your time and look round. Nothing is urgent.
{% if store.url %}
Have a look round: {{ store.url }}
{% endif %}{% if store.answers %}
Not sure what would suit you? Reply to this mail and say what you are looking for. We read every answer, and we like being asked.
{% endif %}
All of us at {{ store.name }}
`,
  },
  'loyalty-reward/thank-you': {
    reward: 'required',
    lang: `en`,
    subject: `{% if firstName %}{{ firstName }}, a thank-you from us{% else %}A thank-you from us{% endif %}`,
    preheader: `You keep coming back. We noticed, and we have something for you.`,
    because: `You get this mail because you have ordered from {{ store.name }} and receive its news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'One of our regulars', title: 'Thank you for coming back' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">{% if orders > 1 and firstOrder.month %}You have ordered from us {{ orders }} times since {{ firstOrder.month }}. A shop like ours lives from people like you, and we would rather say so than keep it to ourselves.{% else %}A shop lives from people like you, and we would rather say so than keep it to ourselves.{% endif %}</p>
<p style="margin:0 0 18px;">So this is for your next order:</p>
{% render ticket caption: 'Enter this code at the checkout', code: rewardCode %}
{% if store.url %}{% render button href: store.url, label: 'Choose something for yourself' %}{% endif %}
<p style="margin:22px 0 0;">Thank you for {% if orders > 1 %}every one of those orders{% else %}your trust{% endif %}.</p>
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

{% if orders > 1 and firstOrder.month %}You have ordered from us {{ orders }} times since {{ firstOrder.month }}. A shop like ours lives from people like you, and we would rather say so than keep it to ourselves.{% else %}A shop lives from people like you, and we would rather say so than keep it to ourselves.{% endif %}

So this is for your next order. Enter this code at the checkout:

    {{ rewardCode }}
{% if store.url %}
Choose something for yourself: {{ store.url }}
{% endif %}
Thank you for {% if orders > 1 %}every one of those orders{% else %}your trust{% endif %}.

All of us at {{ store.name }}
`,
  },
  'rescue/all-well': {
    reward: 'none',
    lang: `en`,
    subject: `{% if firstName %}{{ firstName }}, is all well?{% else %}Is all well?{% endif %}`,
    preheader: `It has been a little longer than usual. If something went wrong, we want to know.`,
    because: `You get this mail because you have ordered from {{ store.name }} and receive its news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'Just checking in', title: 'Is all well?' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">{% if lastOrder.month %}Your last order was in {{ lastOrder.month }}, a little longer ago than usual{% else %}It has been a little longer than usual{% endif %}. Perhaps you simply have everything you need. Then read no further, and enjoy it.</p>
<p style="margin:0 0 18px;">But if a parcel came late, something broke, or we let you down in some other way, we would much rather hear it than guess. {% if store.answers %}Reply to this mail: it reaches a person who can do something about it.{% else %}Tell us through our site: it reaches a person who can do something about it.{% endif %}</p>
<p style="margin:0 0 18px;">And if you have only been busy, we have kept the lights on.</p>
{% if store.url %}{% render button href: store.url, label: 'See what came in since' %}{% endif %}
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

{% if lastOrder.month %}Your last order was in {{ lastOrder.month }}, a little longer ago than usual{% else %}It has been a little longer than usual{% endif %}. Perhaps you simply have everything you need. Then read no further, and enjoy it.

But if a parcel came late, something broke, or we let you down in some other way, we would much rather hear it than guess. {% if store.answers %}Reply to this mail: it reaches a person who can do something about it.{% else %}Tell us through our site: it reaches a person who can do something about it.{% endif %}

And if you have only been busy, we have kept the lights on.
{% if store.url %}
See what came in since: {{ store.url }}
{% endif %}
All of us at {{ store.name }}
`,
  },
  'upsell/goes-well-with': {
    reward: 'none',
    lang: `en`,
    subject: `{% if firstName %}{{ firstName }}, what goes well with your last order{% else %}What goes well with your last order{% endif %}`,
    preheader: `You came back. Here is what people like you tend to look at next.`,
    because: `You get this mail because you have ordered from {{ store.name }} and receive its news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'Good to see you again', title: 'What goes well with what you have' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">You came back{% if lastOrder.month %} in {{ lastOrder.month }}{% endif %}, and that says more than any review. Thank you.</p>
<p style="margin:0 0 18px;">People who come back mostly look for one of three things: the piece that completes the set, the refill before the last one runs out, or the same again for somebody they like. You will find all three a shelf or two from where you were last time.</p>
{% if store.url %}{% render button href: store.url, label: 'Find what goes with it' %}{% endif %}
{% if store.answers %}<p style="margin:22px 0 0;">Would you like a hand choosing? Reply and tell us what you have. Matching things is the best part of our day.</p>{% endif %}
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

You came back{% if lastOrder.month %} in {{ lastOrder.month }}{% endif %}, and that says more than any review. Thank you.

People who come back mostly look for one of three things: the piece that completes the set, the refill before the last one runs out, or the same again for somebody they like. You will find all three a shelf or two from where you were last time.
{% if store.url %}
Find what goes with it: {{ store.url }}
{% endif %}{% if store.answers %}
Would you like a hand choosing? Reply and tell us what you have. Matching things is the best part of our day.
{% endif %}
All of us at {{ store.name }}
`,
  },
  'welcome/settling-in': {
    reward: 'none',
    lang: `en`,
    subject: `{% if firstName %}{{ firstName }}, is everything as you hoped?{% else %}Is everything as you hoped?{% endif %}`,
    preheader: `Your first order from {{ store.name }}: one question, and a thank-you.`,
    because: `You get this mail because you have ordered from {{ store.name }} and receive its news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'Your first order', title: 'Is everything as you hoped?' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">A little while ago you ordered from us for the first time. Thank you. Trying a shop you do not know takes some trust, and we would like to deserve it.</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%; table-layout:fixed; margin:4px 0 12px;">
<tr>
<td class="rule" style="padding:16px 0; border-top:1px solid #e6dfd1;"><strong>Something not right?</strong><br>Late, broken, or simply not what you expected: {% if store.answers %}reply to this mail{% else %}tell us through our site{% endif %} and we will put it right.</td>
</tr>
<tr>
<td class="rule" style="padding:16px 0; border-top:1px solid #e6dfd1;"><strong>Wondering about something?</strong><br>How to use it, look after it, or what to pair it with: ask us. We know our things, and we like to help.</td>
</tr>
<tr>
<td class="rule" style="padding:16px 0; border-top:1px solid #e6dfd1;"><strong>All well?</strong><br>Then enjoy it. That is the whole point.</td>
</tr>
</table>
{% if store.url %}{% render button href: store.url, label: 'See what else we have' %}{% endif %}
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

A little while ago you ordered from us for the first time. Thank you. Trying a shop you do not know takes some trust, and we would like to deserve it.

* Something not right? Late, broken, or simply not what you expected: {% if store.answers %}reply to this mail{% else %}tell us through our site{% endif %} and we will put it right.

* Wondering about something? How to use it, look after it, or what to pair it with: ask us. We know our things, and we like to help.

* All well? Then enjoy it. That is the whole point.
{% if store.url %}
See what else we have: {{ store.url }}
{% endif %}
All of us at {{ store.name }}
`,
  },
  'win-back/since-you-left': {
    reward: 'none',
    lang: `en`,
    subject: `{% if lastOrder.month %}New at {{ store.name }} since {{ lastOrder.month }}{% else %}New at {{ store.name }} since your last visit{% endif %}`,
    preheader: `{% if firstName %}{{ firstName }}, we{% else %}We{% endif %} have missed you, and the shelves have changed.`,
    because: `You get this mail because you have ordered from {{ store.name }} and receive its news by e-mail.`,
    unsubscribe: `Unsubscribe`,
    html: `{% render hero kicker: 'It has been a while', title: 'The shelves have changed since you were here' %}
<tr>
<td class="pad ink" style="padding:34px 40px 40px; font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif; font-size:17px; line-height:27px; color:#2b2722; overflow-wrap:anywhere; word-break:break-word;">
<p style="margin:0 0 18px;">Hello{% if firstName %} <bdi>{{ firstName }}</bdi>{% endif %},</p>
<p style="margin:0 0 18px;">{% if lastOrder.month %}The last time you ordered from us was in {{ lastOrder.month }}{% else %}It has been a while since you ordered from us{% endif %}. We have not stood still since: new things have moved in, others have made room, and some of the old favourites stayed exactly as they were.</p>
<p style="margin:0 0 18px;">You know the way. Come and see what is different.</p>
{% if store.url %}{% render button href: store.url, label: 'See what is new' %}{% endif %}
<p style="margin:22px 0 0;">Was there a reason you stayed away? {% if store.answers %}One line in reply helps us more than any survey.{% else %}Tell us through our site; it helps us more than any survey.{% endif %} And if you would rather not hear from us, the link below ends it at once. No hard feelings.</p>
<p style="margin:26px 0 0; font-family:Georgia,'Times New Roman',serif; font-size:18px; line-height:27px;">All of us at <bdi>{{ store.name }}</bdi></p>
</td>
</tr>
`,
    text: `Hello{% if firstName %} {{ firstName }}{% endif %},

{% if lastOrder.month %}The last time you ordered from us was in {{ lastOrder.month }}{% else %}It has been a while since you ordered from us{% endif %}. We have not stood still since: new things have moved in, others have made room, and some of the old favourites stayed exactly as they were.

You know the way. Come and see what is different.
{% if store.url %}
See what is new: {{ store.url }}
{% endif %}
Was there a reason you stayed away? {% if store.answers %}One line in reply helps us more than any survey.{% else %}Tell us through our site; it helps us more than any survey.{% endif %} And if you would rather not hear from us, the link below ends it at once. No hard feelings.

All of us at {{ store.name }}
`,
  },
} as const satisfies Record<string, TemplateSource>;
