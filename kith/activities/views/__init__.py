"""Pages of joint activities."""
