"""Promises about answers: a threshold chosen on labelled questions, so that few of the answers given are wrong."""

from qa.calibration.asking import calibrate
from qa.calibration.promises import Promise
from qa.calibration.records import Calibration
from qa.calibration.shortfalls import Shortfall

__all__ = ["Calibration", "Promise", "Shortfall", "calibrate"]
