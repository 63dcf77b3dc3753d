/**
 * The ledger in a report: which of the paper's claims the study bears on, and what became of them.
 *
 * @module
 */
import type { ClaimRecord, Verdict } from "../claims/claim.ts";
import { boundText, measuredText } from "../claims/wording.ts";
import { type Html, markup } from "./html.ts";
import { typesetSentence } from "./typeset_text.ts";

const STYLES: Readonly<Record<Verdict, string>> = { "holds": "holds", "holds with limits": "limits", "fails": "fails" };

/**
 * The claims.
 *
 * @param records The study's ledger.
 * @returns HTML.
 */
export function claimList(records: readonly ClaimRecord[]): Html {
  if (records.length === 0) {
    return markup`<p>The tables of this study decide none of the paper's claims that are checked.</p>`;
  }
  return markup`<p>Each is measured on the tables above and judged by a bound; <a href="claims.json">claims.json</a> has all digits.</p>
<ul class="claims">${records.map(claimItem)}</ul>`;
}

function claimItem({ id, claim, source, verdict, quantity, value, bound, limits }: ClaimRecord): Html {
  const measured = typesetSentence(measuredText(value, bound)), wanted = typesetSentence(boundText(bound));
  return markup`
<li id="claim-${id}" class="${STYLES[verdict]}">
<h3><span class="verdict">${verdict}</span> ${typesetSentence(claim)}</h3>
<dl>
<dt>measured</dt><dd>${
    typesetSentence(quantity)
  }: <b>${measured}</b>; the bound is <span class="whole">${wanted}</span></dd>
${limits === "" ? "" : markup`<dt>limits</dt><dd>${typesetSentence(limits)}</dd>\n`}<dt>source</dt><dd>${
    typesetSentence(source)
  }</dd>
</dl>
</li>`;
}
