Feature: Steps about the log and the start of the module that fail
  Each row is a step and how it fails; "*" stands for any text.

  Background:
    Given the script:
      """
      _G.sys = require("sys")
      sys.timerLoopStart(log.info, 1000, "tick")
      sys.timerStart(rtos.reboot, 60000)
      sys.run()
      """
    When power is applied
    Then within 5 s the module has an address
    And within 2 s the log shows "tick"

  Scenario Outline: <step>
    Then <step>

    Examples:
      | step                                                 | failure |
      | within 3 s the log shows "tock"                      | expected the log to show 'tock' within 3 s; it had not come by |
      | within 3 s the log shows exactly "tick"              | expected the log to show exactly 'tick' within 3 s; it had not come by |
      | within 3 s the log shows a line that matches "^t.ck" | expected the log to show a line that matches /^t.ck/ within 3 s; it had not come by |
      | after 2 s ± 10 ms the log shows "tick"               | expected the log to show 'tick' 2 s ± 10 ms after * s; it came too early, after |
      | after 2 s ± 10 ms since "tick" the log shows "tick"  | expected the log to show 'tick' 2 s ± 10 ms after * s; it came too early, after |
      | the log does not show "tick" for 3 s                 | expected no such thing for 3 s: the log to show 'tick'; it happened at |
      | the log shows nothing for 3 s                        | expected no such thing for 3 s: the log to show anything; it happened at |
      | within 3 s the module has an address                 | expected the module to have an address (IP_READY) within 3 s; it had not come by |
      | within 3 s the module has lost its address           | expected the module to lose its link (IP_LOSE) within 3 s; it had not come by |
      | within 3 s the module boots                          | expected the module to boot within 3 s; it had not come by |
      | after 30 s ± 1 s the module boots                    | expected the module to boot 30 s ± 1 s after * s; it came too late, after |
      | after 30 s ± 1 s since "tick" the module boots       | expected the module to boot 30 s ± 1 s after * s; it came too late, after |
      | the module does not reset for 70 s                   | expected no such thing for 70 s: the module to boot; it happened at |

  Scenario: Lines in another order
    expected the log to show 'tock' within 2 s; it had not come by
    Then within 3 s the log shows these lines in order:
      | line |
      | tick |
      | tock |
