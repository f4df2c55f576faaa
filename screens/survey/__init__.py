"""A questionnaire, one question a screen."""
