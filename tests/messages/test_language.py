"""Which language is spoken, by what systems and people write."""

import pytest

from genplan.messages import supported, system_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN.UTF-8", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh", "zh-CN"),
        ("zh_SG", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh_TW.Big5", "zh-TW"),
        ("zh_HK.UTF-8", "zh-TW"),
        ("zh-Hant-MO", "zh-TW"),
        ("en_GB.UTF-8@euro", "en"),
        ("EN", "en"),
        ("fr_FR.UTF-8", None),
        ("C.UTF-8", None),
        ("POSIX", None),
        ("", None),
    ],
)
def test_tags(tag, language):
    assert supported(tag) == language


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh-TW"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, None),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({}, None),
    ],
)
def test_the_environment_as_gettext_reads_it(environ, language, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert system_language(environ) == language


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_CN", "zh-CN"),
        ("Chinese (Simplified)_China", "zh-CN"),
        ("Chinese (Traditional)_Taiwan", "zh-TW"),
        ("English_United Kingdom", "en"),
        (None, None),
    ],
)
def test_windows_and_macos_state_it_elsewhere(name, language, monkeypatch):
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("locale.getlocale", lambda: (name, "cp936"))
    assert system_language({}) == language
