/**
 * The command `completion`: the script by which a shell completes commands, options, studies and the paths of `--set`.
 *
 * @module
 */
import { UsageError } from "../errors.ts";
import { readOptions } from "../options.ts";
import { nearestName } from "../study/nearest_name.ts";
import { type Answer, helped } from "./command.ts";

/** The text of `completion --help`. */
export const HELP = `Usage: deno task pipeline completion bash | zsh | fish

Prints a script for the shell; with it the Tab key completes commands, options, studies and the paths of --set after
deno task pipeline, and leaves everything else after deno to the completion that was there before.

Options:
  --help             this text (-h too)

Examples:
  deno task --quiet pipeline completion bash > ~/.diracflow.bash    and in ~/.bashrc: source ~/.diracflow.bash
  deno task --quiet pipeline completion zsh > ~/.diracflow.zsh      and in ~/.zshrc, after compinit: source ~/.diracflow.zsh
  deno task --quiet pipeline completion fish > ~/.config/fish/conf.d/diracflow.fish

Exit codes: 0 done, 2 the arguments are wrong.
`;

const SHELLS = ["bash", "zsh", "fish"] as const;

/**
 * Runs the command.
 *
 * @param words The words after `completion`.
 * @returns The script.
 * @throws {UsageError} If the words are wrong.
 */
export async function completion(words: readonly string[]): Promise<Answer> {
  const options = readOptions(words, { flags: [], values: {} });
  if (options.has("help")) return helped(HELP);
  const { problems } = options, [word, ...more] = options.words, shell = SHELLS.find((name) => name === word);
  const nearest = word === undefined ? undefined : nearestName(word.replace(/^.*\//, ""), SHELLS);
  if (shell === undefined) {
    problems.push(
      word === undefined
        ? "Cannot print a completion: name your shell: bash, zsh or fish"
        : `Cannot print a completion for ${word}: ${
          nearest === undefined ? "there is one for bash, zsh and fish" : `did you mean ${nearest}?`
        }`,
    );
  }
  if (more.length > 0) {
    problems.push(`Cannot print a completion: one shell at a time: got ${options.words.join(" and ")}`);
  }
  if (shell === undefined || problems.length > 0) throw new UsageError(problems);
  const { completions } = await import("../completion/words.ts"), all = await completions();
  switch (shell) {
    case "bash":
      return { text: (await import("../completion/bash.ts")).bashScript(all), code: 0 };
    case "zsh":
      return { text: (await import("../completion/zsh.ts")).zshScript(all), code: 0 };
    case "fish":
      return { text: (await import("../completion/fish.ts")).fishScript(all), code: 0 };
  }
}
