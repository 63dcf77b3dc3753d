/**
 * Whole runs of the program, as a user starts it.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };

/**
 * Times a study on an empty cache and again on a full one.
 *
 * @param study The study file.
 * @param overrides Values to set.
 * @param workers Worker threads.
 * @returns Seconds of wall time, process start included.
 */
export async function coldAndWarm(
  study: string,
  overrides: Readonly<Record<string, number>>,
  workers = navigator.hardwareConcurrency,
): Promise<{ cold: number; warm: number }> {
  const folder = await Deno.makeTempDir();
  try {
    const words = project.tasks.pipeline.command.split(" ").slice(1);
    const settings = Object.entries(overrides).flatMap(([path, value]) => ["--set", `${path}=${value}`]);
    const args = [
      ...words,
      study,
      ...settings,
      "--out",
      `${folder}/out`,
      "--cache",
      `${folder}/cache`,
      "--quiet",
      "--workers",
      `${workers}`,
    ];
    const seconds = async () => {
      const start = performance.now();
      const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
      if (!success) throw new Error(`Cannot time ${study}: the run failed`);
      return (performance.now() - start) / 1000;
    };
    return { cold: await seconds(), warm: await seconds() };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
