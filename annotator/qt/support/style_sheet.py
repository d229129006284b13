"""The style sheet that every widget wears, with the names of a theme's colours to be filled in.

Properties that set a widget apart: `role` on a QLabel ("title", "heading", "muted", "danger", "warning", "ok", "empty"),
on a QPushButton ("primary", "danger"), on a QFrame ("card", "panel", "notice").
"""

from __future__ import annotations

STYLE_SHEET = """
QWidget { color: $text; placeholder-text-color: $muted; }
QMainWindow, QDialog, QMessageBox, QWizard { background: $window; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 17pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 11.5pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="empty"] { color: $muted; font-size: 11pt; padding: 24px; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="ok"] { color: $ok; }
QLabel:disabled, QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }

QFrame[role="panel"] { background: $panel; border: none; }
QFrame[role="card"] { background: $base; border: 1px solid $border; border-radius: 8px; }
QFrame[role="notice"] { background: $warning_soft; border: none; border-radius: 6px; }

QToolBar { background: $panel; border: none; }
QToolBar#corner { background: transparent; border: none; padding: 2px; spacing: 2px; }
QToolBar#corner QToolButton { padding: 4px 7px; }
QToolBar#corner QComboBox { padding: 2px 8px; min-height: 18px; }
QToolBar#corner QComboBox:focus { padding: 1px 7px; }
QToolButton#narrow, QToolButton#step { padding: 4px 6px; border-color: $border; background: $raised; }
QToolButton#step { padding: 5px 9px; }
QToolButton#narrow:hover, QToolButton#step:hover { background: $hover; }
QToolButton#narrow:focus, QToolButton#step:focus { border-color: $accent; }
QToolBar#palette { border-bottom: 1px solid $border; padding: 5px; spacing: 4px; }
QToolBar#palette QToolButton { padding: 5px 6px; }
QToolBar QToolButton#qt_toolbar_ext_button { padding: 0; }
QFrame#columnHeader { border-bottom: 1px solid $border; border-top: 2px solid transparent; }
QFrame#columnHeader[focused="true"] { border-top: 2px solid $accent; background: $base; }
QFrame#columnHeader QToolButton { padding: 2px 8px; color: $muted; }
QFrame#columnHeader QToolButton:hover { color: $text; }
QFrame#columnHeader QToolButton:checked { background: $ok_soft; color: $ok; border-color: $ok; }
QFrame#messageBar { background: $accent_soft; border: none; border-top: 1px solid $border; }
QFrame#messageBar[tone="error"] { background: $danger_soft; }
QFrame#messageBar[tone="error"] QLabel { color: $danger; }
QPushButton#fragment { background: transparent; border: none; border-radius: 5px; padding: 0; text-align: left; }
QPushButton#fragment:hover { background: $hover; }
QPushButton#fragment:focus { border: 1px solid $accent; }
QToolBar::separator { background: $border; width: 1px; margin: 5px 7px; }
QToolBar QLabel { padding: 0 4px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 10px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; color: $accent; border-color: $accent; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton::menu-button { border: none; width: 16px; }
QToolButton::menu-indicator { image: url("$images/down.svg"); subcontrol-position: right center; subcontrol-origin: padding; right: 4px; width: 8px; }
QToolButton#qt_toolbar_ext_button { padding: 2px; qproperty-icon: url("$images/right.svg"); }

QPushButton { background: $raised; border: 1px solid $border; border-radius: 6px; padding: 6px 14px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:default { border-color: $accent; }
QPushButton:disabled { color: $disabled; background: $window; }
QPushButton[role="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $pressed; border-color: $pressed; color: $disabled; }
QPushButton[role="danger"] { color: $danger; border-color: $danger; }
QPushButton[role="danger"]:hover { background: $danger_soft; }
QPushButton:flat { background: transparent; border-color: transparent; }
QPushButton:flat:hover { background: $hover; }

QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit, QDateTimeEdit, QKeySequenceEdit {
  background: $base; border: 1px solid $border_strong; border-radius: 6px; padding: 4px 8px; min-height: 20px;
  selection-background-color: $selection; selection-color: $selection_text;
}
QPlainTextEdit#note { min-height: 54px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus, QDateEdit:focus,
QDateTimeEdit:focus { border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {
  color: $disabled; background: $window; border-color: $border;
}
QLineEdit[readOnly="true"] { background: $window; border-color: $border; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  background: transparent; border: none; width: 16px;
}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow, QDateTimeEdit::up-arrow { image: url("$images/up.svg"); width: 12px; height: 12px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow, QDateTimeEdit::down-arrow {
  image: url("$images/down.svg"); width: 12px; height: 12px;
}
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$images/down.svg"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; padding: 4px; outline: none; }
QTextEdit { background: $base; border: none; selection-background-color: $selection; selection-color: $selection_text; }

QMenuBar { background: $panel; border-bottom: 1px solid $border; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 9px 11px; border-radius: 5px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 14px; border-radius: 5px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 6px 8px; }

QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 7px 14px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { background: $hover; }

QTableView, QTreeView, QListView, QTableWidget, QTreeWidget, QListWidget {
  background: $base; alternate-background-color: $alternate; border: 1px solid transparent; gridline-color: $border;
  selection-background-color: $accent_soft; selection-color: $text; outline: none;
}
QTreeView::item, QListView::item { padding: 5px 6px; border-radius: 5px; }
QTableView::item { padding: 4px 8px; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: $accent_soft; color: $text; }
QTableView:focus, QListView:focus { border: 1px solid $accent; }
QTreeView { padding: 6px 4px; }
QTreeView:focus { border: none; border-left: 2px solid $accent; }
QTreeView::branch { background: transparent; }
QTreeView::branch:has-children:closed { image: url("$images/right.svg"); }
QTreeView::branch:has-children:open { image: url("$images/down.svg"); }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
  background: $panel; color: $muted; padding: 6px 8px; border: none; border-bottom: 1px solid $border; font-weight: 600;
}
QTableView QHeaderView::section { padding-left: 11px; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: $panel; border: none; }

QSplitter::handle { background: $border; }
QSplitter#desk::handle { background: $window; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QStatusBar { background: $panel; border-top: 1px solid $border; color: $muted; }
QStatusBar QLabel { color: $muted; padding: 3px 8px; }
QStatusBar::item { border: none; }

QMainWindow::separator { background: $border; width: 1px; height: 1px; border: 2px solid $window; }
QMainWindow::separator:hover { background: $accent; }

QDockWidget { titlebar-close-icon: url("$images/close.svg"); titlebar-normal-icon: url("$images/float.svg"); }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QDockWidget::title { background: $panel; padding: 8px 10px; font-weight: 600; border-bottom: 1px solid $border; }

QGroupBox { border: none; margin-top: 22px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 2px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QTableView::indicator, QListView::indicator {
  width: 15px; height: 15px; background: $base; border: 1px solid $border_strong; border-radius: 4px;
}
QMenu::indicator { width: 14px; height: 14px; left: 6px; border-radius: 4px; border: 1px solid $border_strong; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; width: 13px; height: 13px; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked,
QMenu::indicator:checked { background: $accent; border-color: $accent; image: url("$images/check.svg"); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url("$images/partly.svg");
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$images/dot.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; border-color: $border; }

QProgressBar { background: $hover; border: none; border-radius: 3px; max-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QSlider::groove:horizontal { background: $pressed; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: $accent_hover; border: 2px solid $text; }

QToolTip { background: $tooltip; color: $tooltip_text; border: none; padding: 6px 8px; }
"""
