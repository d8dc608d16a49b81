"""How sure a rate can be after few tries."""

from math import sqrt

# The 97.5 % point of the normal distribution: 95 % lie within so many standard deviations.
_Z = 1.959963984540054


def find_interval(passed: int, tries: int) -> tuple[float, float]:
    """The 95 % interval of a rate, each end 0 to 1; (0, 1) without a try.

    Wilson's score interval (E. B. Wilson, “Probable Inference, the Law of Succession, and Statistical
    Inference”, JASA 22, 1927), which Brown, Cai and DasGupta (“Interval Estimation for a Binomial
    Proportion”, Statistical Science 16, 2001) recommend for so few tries as here.
    """
    if not tries:
        return 0.0, 1.0
    rate = passed / tries
    middle = rate + _Z**2 / (2 * tries)
    spread = _Z * sqrt(rate * (1 - rate) / tries + _Z**2 / (4 * tries**2))
    scale = 1 + _Z**2 / tries
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
