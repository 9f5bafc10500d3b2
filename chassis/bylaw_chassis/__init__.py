"""What every service of Bylaw needs, and no word of any service's business."""
