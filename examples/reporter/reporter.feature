Feature: The reporter

  Background:
    Given the script "."
    And a service at "wss://cloud.example/reports" that stays silent
    And the module is connected

  Scenario: A reading arrives every 15 seconds
    Then within 16 s the service receives the text '{"no":1}'
    And within 16 s the service receives the text '{"no":2}'

  Scenario: A reading that was taken in a tunnel arrives later
    When coverage is lost for 30 s
    Then within 10 s the module has lost its address
    And within 60 s the service receives the text '{"no":1}'
    And within 60 s the service receives the text '{"no":2}'
