Feature: A day in the field
  Faults come at random times, but the same seed brings the same ones. Whatever happened, the module ends up connected.

  @needs-virtual-time @long
  Scenario Outline: An hour of trouble, <n>
    Given the script "websocket-echo"
    And random faults for 1 h, set <n>
    When power is applied
    And 1 h passes
    Then within 15 min the log shows "I/user.wsc	sent	nil	nil	nil"

    Examples:
      | n |
      | 1 |
      | 2 |
      | 3 |
