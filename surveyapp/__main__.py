"""``python -m surveyapp`` is the command ``surveyapp``."""

from surveyapp.app import main

if __name__ == "__main__":
    main()
