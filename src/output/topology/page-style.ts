/** How the page looks: by day and by night, wide and narrow, on paper. The picture's own style comes before it, with the
 * colours that both share. */
export const pageStyle = `
:root{color-scheme:light dark;--side:#f6f8fa;--rule:#d0d7de;--field:#8c959f;--focus:#0969da;--mark:#fff8c5}
@media (prefers-color-scheme:dark){:root{--side:#161b22;--rule:#30363d;--field:#6e7681;--focus:#58a6ff;--mark:#3b2e00}}
*{box-sizing:border-box}
body{margin:0;height:100vh;height:100dvh;display:grid;grid-template:auto minmax(0,1fr)/minmax(0,1fr) 22rem;font:14px/1.45 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--paper)}
header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:center;padding:.5rem 1rem;border-bottom:1px solid var(--rule);background:var(--side)}
h1{font-size:1rem;margin:0;overflow-wrap:anywhere}.tools{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-left:auto}
.tools input,.tools button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--field);border-radius:6px;padding:.25rem .6rem;min-height:2rem}
.tools input{width:13rem}.tools input::placeholder{color:var(--quiet);opacity:1}.tools button{cursor:pointer}.tools button:hover{border-color:var(--focus)}
.tools button:disabled{color:var(--quiet);cursor:default;border-color:var(--rule)}.group{display:flex}.group button{border-radius:0;margin-left:-1px;min-width:2.2rem}
.group button:first-child{border-radius:6px 0 0 6px;margin:0}.group button:last-child{border-radius:0 6px 6px 0}#size{min-width:4rem}
#found{color:var(--quiet);min-width:5.5rem}#found:empty{display:none}
main{overflow:auto;scroll-padding:32px;position:relative;background:var(--paper)}main.grab{cursor:grab}main.held{cursor:grabbing}main.held *{cursor:grabbing}main svg{display:block}
aside{overflow:auto;padding:1rem;background:var(--side);border-left:1px solid var(--rule)}
aside h2{font-size:1rem;margin:0 0 .25rem;overflow-wrap:anywhere}aside h3{font-size:.875rem;margin:1rem 0 .25rem}aside p{margin:.25rem 0;overflow-wrap:anywhere}
aside ul{list-style:none;margin:0;padding:0}aside li{padding:.3rem 0;border-top:1px solid var(--rule);overflow-wrap:anywhere}aside li:first-child{border:0}
aside li button{font:inherit;color:var(--focus);background:none;border:0;padding:0;text-align:left;cursor:pointer;overflow-wrap:anywhere}aside li button:hover{text-decoration:underline}
.quiet{color:var(--quiet)}.failed,.absent,.why{color:var(--bad)}.pending{color:var(--wait)}.ready{color:var(--good)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem .75rem;margin:.25rem 0}dt{white-space:nowrap}dd{margin:0}kbd{font:12px ui-monospace,monospace;border:1px solid var(--field);border-radius:4px;padding:0 .3rem;background:var(--paper)}
.swatch{display:inline-block;width:.7rem;height:.7rem;border-radius:2px;background:currentColor;vertical-align:-1px}
.swatch.source{color:var(--source)}.swatch.hub{color:var(--hub)}.swatch.way{color:var(--way)}.swatch.flow{color:var(--flow)}.swatch.place{color:var(--place)}
.stroke{display:inline-block;width:2rem;border-top:2px solid currentColor;vertical-align:middle}.stroke.dead{border-top-style:dotted}.stroke.replies{border-top-style:dashed}.stroke.broken{border-top-style:dashed;color:var(--bad)}
.node{cursor:pointer}.node:focus{outline:none}
.node:focus-visible rect{stroke:var(--focus);stroke-width:3;stroke-dasharray:none}.node.chosen rect{stroke:var(--focus);stroke-width:3}
.node.hit rect{fill:var(--mark)}.edge.near path{stroke-width:2.5}
svg.chosen .node:not(.near),svg.chosen .edge:not(.near),svg.chosen .words:not(.near){opacity:.22}
svg.far .words,svg.far .sub{display:none}svg.far .heading{font-size:32px}svg.far .title{font-size:20px}svg.far .node rect{stroke-width:2.5}svg.far .failed rect,svg.far .absent rect{fill:var(--bad)}svg.far .failed .title,svg.far .absent .title{fill:var(--paper)}svg.far .edge.broken path{stroke-width:4}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
@media (prefers-reduced-motion:no-preference){.node,.edge,.words{transition:opacity .15s}}
@media (max-width:60rem){body{grid-template:auto minmax(0,1fr) minmax(8rem,34vh)/minmax(0,1fr)}aside{border-left:0;border-top:1px solid var(--rule)}.tools{margin-left:0}}
@media print{header .tools,aside{display:none}body{display:block;height:auto}main{overflow:visible}main svg{max-width:100%;height:auto}}
`
