BEGIN
    BEGIN
        UPDATE orders SET status = 'processing', updated_at = CURRENT_TIMESTAMP WHERE id = order_id_param AND status = 'pending';
        IF NOT FOUND THEN
            success := FALSE;
            message := 'Order not found or not in pending status';
            RETURN;
        END IF;
        UPDATE products p SET stock_quantity = stock_quantity - oi.quantity FROM order_items oi WHERE p.id = oi.product_id AND oi.order_id = order_id_param;
        INSERT INTO audit_log (table_name, record_id, action, new_values) VALUES ('orders', order_id_param, 'process', jsonb_build_object('status', 'processing'));
        success := TRUE;
        message := 'Order processed successfully';
    EXCEPTION
        WHEN OTHERS THEN
            success := FALSE;
            message := 'Error: ' || SQLERRM;
            ROLLBACK;
    END;
END;
