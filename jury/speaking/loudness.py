"""Integrated loudness of one channel (ITU-R BS.1770-4), and the gain that brings a clip to a target.

The filters are applied to the spectrum: the standard states them at 48 kHz, and their response at each frequency holds at
any sample rate, so nothing has to be designed anew.
"""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

#: LUFS; the level of EBU R 128.
TARGET = -23.0
#: Highest sample after the gain, dB of full scale, so that nothing clips.
CEILING = -1.0

#: BS.1770-4, annex 1, tables 1 and 2: the filter before and the RLB filter, as (b, a) at 48 kHz.
_FILTERS = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
_STATED_AT = 48_000
#: Seconds of a block, and from one block to the next.
_BLOCK, _STEP = 0.4, 0.1
#: LUFS under which a block is silence, and LU under the mean at which the rest is cut off.
_SILENCE, _BELOW_MEAN = -70.0, -10.0
_OFFSET = -0.691


def integrated_loudness(samples: Samples, rate: int) -> float:
    """LUFS of samples between -1 and 1; -inf where no block is louder than -70 LUFS.

    A clip shorter than one block of 0.4 s is one block of its own length.
    """
    powers = _block_powers(_weighted(samples, rate), rate)
    loud = powers[_lufs(powers) > _SILENCE]
    if not loud.size:
        return -np.inf
    counted = loud[_lufs(loud) > _lufs(loud.mean()) + _BELOW_MEAN]
    return float(_lufs(counted.mean()))


def normalised(samples: Samples, rate: int) -> Samples:
    """The samples at the target loudness, or as near to it as the ceiling of their peak lets them; silence as it is."""
    loudness, peak = integrated_loudness(samples, rate), float(np.abs(samples).max(initial=0.0))
    if not np.isfinite(loudness):
        return samples
    gain = min(_factor(TARGET - loudness), _factor(CEILING) / peak)
    return samples * gain


def _weighted(samples: Samples, rate: int) -> Samples:
    """The samples through both filters. A second of zeros behind them takes up what the filters ring on."""
    size = len(samples) + rate
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / rate) / _STATED_AT)
    response = np.prod([np.polyval(b[::-1], turns) / np.polyval(a[::-1], turns) for b, a in _FILTERS], axis=0)
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: len(samples)])


def _block_powers(samples: Samples, rate: int) -> Samples:
    """The mean square of every block, those that overlap by three quarters."""
    block = min(round(_BLOCK * rate), len(samples))
    if not block:
        return np.zeros(0)
    sums = np.concatenate([np.zeros(1), np.cumsum(samples**2)])
    starts = np.arange(0, len(samples) - block + 1, round(_STEP * rate))
    return np.asarray(np.maximum(sums[starts + block] - sums[starts], 0.0) / block)


def _lufs(power: "Samples | np.float64") -> Samples:
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET + 10 * np.log10(power))


def _factor(decibels: float) -> float:
    return float(10 ** (decibels / 20))
