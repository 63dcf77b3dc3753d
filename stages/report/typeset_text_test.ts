import { assertEquals } from "@std/assert";
import { programName, spoken, typesetSentence, typesetTitle } from "./typeset_text.ts";

Deno.test("titles are set as in charts", () => {
  assertEquals(typesetTitle("Fermi level μ_F (v/a)").text, "Fermi level <i>μ</i><sub>F</sub> (<i>v</i>/<i>a</i>)");
  assertEquals(typesetTitle("A^5 < B").text, "<i>A</i><sup>5</sup> &lt; <i>B</i>");
  assertEquals(typesetTitle("").text, "");
  assertEquals(spoken("⟨J_y^E⟩ against μ_{CLL}"), "⟨JyE⟩ against μCLL");
});

Deno.test("sentences stand upright, and their indices are as long as words", () => {
  assertEquals(typesetSentence("a μ_CLL − μ_FA, |q_y|²").text, "a μ<sub>CLL</sub> − μ<sub>FA</sub>, |q<sub>y</sub>|²");
  assertEquals(typesetSentence("⟨J_y^E⟩ < 1e−12").text, "⟨J<sub>y</sub><sup>E</sup>⟩ &lt; 1 × 10<sup>−12</sup>");
  assertEquals(typesetSentence("the ground state").text, "the ground state");
});

Deno.test("names of the program break where their words end", () => {
  assertEquals(programName("baths.fermi_level").text, "<code>baths.<wbr>fermi_<wbr>level</code>");
  assertEquals(programName("gap").text, "<code>gap</code>");
});
