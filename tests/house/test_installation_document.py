"""The settings in the installation page are ones that the program takes."""

import re
from pathlib import Path

from surveyapp.config import ENVIRONMENT, from_environment
from surveyapp.web.skeleton import refuse_unknown_rights

PAGE = (Path(__file__).parents[2] / "docs/install.md").read_text(encoding="utf-8")


def examples() -> dict[str, str]:
    """Every setting of the examples of the page."""
    blocks = [text for text in re.findall(r"```ini\n(.*?)```", PAGE, flags=re.DOTALL) if "SURVEYAPP_" in text]
    return dict(line.split("=", 1) for line in "\n".join(blocks).splitlines() if line.startswith("SURVEYAPP_"))


def test_the_examples_together_make_an_installation(tmp_path: Path) -> None:
    found = examples()
    for name in [name for name in found if name.endswith("_FILE")]:
        secret = tmp_path / name
        secret.write_text("4f1c9e27ab3056d8e1f07b92c64d5a38", encoding="utf-8")
        found[name] = str(secret)
    settings = from_environment(found)
    assert settings.smtp is not None
    assert (settings.second_factor, settings.four_eyes) == (True, True)
    provider = settings.identity_provider
    assert provider is not None
    assert set(provider.groups.values()) == {
        ("owner", ""),
        ("researcher", "twente"),
        ("project_lead", "twente"),
        ("auditor", "twente"),
    }
    refuse_unknown_rights(provider)


def test_every_setting_that_the_page_names_is_there() -> None:
    known = {name for name, _default, _meaning in ENVIRONMENT}
    known |= {f"{name}_FILE" for name in known if name.endswith(("PASSWORD", "SECRET"))}
    named = set(re.findall(r"SURVEYAPP_[A-Z_]+", PAGE))
    assert named <= known
    assert {name for name in known if "_OIDC_" in name and not name.endswith("SECRET")} <= named
