"""What every experiment can be told: the settings of its runs, and how it is shown."""

from typing import Any

from pydantic import ConfigDict

from benchmarks.experiments.folders import arm_folder
from benchmarks.settings import CallSettings, JurySettings, RunSettings, Shown, SourceSettings, TargetSettings
from jury.records import Record
from jury.yaml_files import build


class Common(CallSettings, JurySettings, TargetSettings, SourceSettings):
    """What the runs of an experiment have in common, unless an arm says otherwise."""


class ExperimentSettings(Shown, Common):
    """The settings of an experiment: `out` is its folder, budgets are for all arms together."""

    # Every command's help imports all experiments; their records are built when one is held.
    model_config = ConfigDict(defer_build=True)

    def arm(self, name: str, **changes: Any) -> RunSettings:
        """The settings of an arm: the common ones but for the changes, in a folder of its own. Raises `InputError`."""
        common = {field: getattr(self, field) for field in Common.model_fields}
        return build(RunSettings, {**common, "out": arm_folder(self.out, name), **changes}, f"arm {name!r}")

    @property
    def own(self) -> dict[str, Any]:
        """What the experiment itself was told, beside what its runs were."""
        told: Record = self
        return told.model_dump(mode="json", exclude={*Common.model_fields, *Shown.model_fields})
