"""Every read of joint activities."""
