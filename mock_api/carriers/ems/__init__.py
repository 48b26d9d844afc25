"""EMS's open platform of 2020 and later (``api.ems.com.cn``): one address, encrypted messages."""
