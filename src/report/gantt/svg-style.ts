/** Its names stand below `.gantt`, so that a page into which the picture is put keeps its own. */
export const GANTT_STYLE = `
.gantt { --ink: #1d2129; --faint: #5d6675; --paper: #fff; --line: #d9dee6; --tile: #f4f6f9; --band: #e4eaf3; --done: #2e8b57; --open: #3b6fd4; --late: #c4283a; --now: #8a4b00; --plan: #8a94a5; }
@media (prefers-color-scheme: dark) {
  .gantt { --ink: #e6e9ee; --faint: #9aa5b5; --paper: #14171c; --line: #333a45; --tile: #1d222a; --band: #2a3342; --done: #4fb87f; --open: #6f9bf0; --late: #ff6f7d; --now: #ffc36b; --plan: #75808f; }
}
.gantt text { font: 12px system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; fill: var(--ink); }
.gantt .paper { fill: var(--paper); }
.gantt .title { font-size: 17px; font-weight: 600; }
.gantt .faint { fill: var(--faint); font-size: 11px; }
.gantt .over { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.gantt .phase { font-weight: 600; }
.gantt .tile { fill: var(--tile); }
.gantt .band { fill: var(--band); }
.gantt .week { stroke: var(--line); }
.gantt .pause { fill: url(#gantt-pause); }
.gantt .stripe { stroke: var(--plan); stroke-width: 1.5; opacity: .45; }
.gantt .planned { fill: var(--paper); stroke: var(--plan); stroke-width: 1.25; }
.gantt .done { fill: var(--done); }
.gantt .open { fill: var(--open); }
.gantt .late { fill: var(--late); }
.gantt .arrow { fill: none; stroke: var(--ink); stroke-width: 1.25; opacity: .75; }
.gantt .head { fill: var(--ink); }
.gantt .today { stroke: var(--now); stroke-width: 1.5; stroke-dasharray: 4 3; }
.gantt .today-words { fill: var(--now); font-size: 11px; font-weight: 600; }
.gantt .pole { stroke: var(--ink); stroke-width: 1.5; }
.gantt .flag { fill: var(--done); }
.gantt .flag.moved { fill: var(--late); }
.gantt .flag.plan { fill: var(--paper); stroke: var(--plan); stroke-width: 1.25; }
.gantt .pole.plan { stroke: var(--plan); stroke-dasharray: 2 2; }
`;
