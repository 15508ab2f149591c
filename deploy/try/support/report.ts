/** What a trial prints: a line for each thing tried, with its counts, and a last line that sums them up. */
export type Report = {
  /** Try one thing. What it returns stands behind the line; what it throws is printed, and the trial has failed. */
  step: (what: string, work: () => Promise<string | undefined>) => Promise<boolean>;
  /** Something this machine can't try, and why: never left out silently. */
  skip: (what: string, why: string) => void;
  /** Prints "N passed, N failed, N skipped" and sets the exit code. */
  end: () => void;
};

/** Begin the report of one trial (`deploy/try/…`). */
export function openReport(trial: string): Report {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  console.log(`── ${trial}`);
  return {
    step: async (what, work) => {
      const began = performance.now();
      try {
        const said = await work();
        counts.passed++;
        console.log(`passed   ${what}${said ? `: ${said}` : ""} (${secondsSince(began)} s)`);
        return true;
      } catch (error) {
        counts.failed++;
        console.log(
          `FAILED   ${what} (${secondsSince(began)} s): ${error instanceof Error ? error.message : String(error)}`,
        );
        return false;
      }
    },
    skip: (what, why) => {
      counts.skipped++;
      console.log(`skipped  ${what}: ${why}`);
    },
    end: () => {
      if (counts.failed > 0) process.exitCode = 1;
      console.log(`${trial}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    },
  };
}

const secondsSince = (began: number): string => ((performance.now() - began) / 1000).toFixed(1);
